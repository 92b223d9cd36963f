import { allow } from "../../kernel/actor.ts";
import { type Problem, type Route, route } from "../../kernel/http.ts";
import { asId, type DeliveryId, type NetworkId } from "../../kernel/ids.ts";
import { page } from "../../kernel/paging.ts";
import { LedgerPage, LedgerQuery } from "./contract.ts";
import { mainPurposes } from "./model.ts";
import { type DeliveryDeps, listDeliveries } from "./use-cases.ts";

export interface LedgerDeps extends Pick<DeliveryDeps, "store"> {
  /** True for an occasion whose single cards nobody but their recipients may know of. */
  readonly isConfidential: (network: NetworkId, occasion: string) => Promise<boolean>;
}

/** The ledger of cards: one row for each card meant for a person. */
export function deliveryRoutes(deps: LedgerDeps): Route[] {
  return [
    route({
      method: "GET",
      path: "deliveries",
      summary: "Cards of a round or a meeting, one row each",
      allow: allow.leadsAndAdmins,
      allowed: "leads (cards about teams in their scope) and admins",
      query: LedgerQuery,
      response: LedgerPage,
      async handle({ actor, query }) {
        if (await deps.isConfidential(actor.network, query.round)) return confidential;
        const rows = await listDeliveries(deps, actor, {
          occasion: query.round,
          purposes: query.purpose === undefined ? mainPurposes : [query.purpose],
          limit: query.limit + 1,
          after: query.after === undefined ? null : asId<DeliveryId>(query.after),
        });
        const { items, next } = page(rows, query.limit, (row) => row.id);
        return {
          kind: "ok",
          body: {
            items: items.map((row) => ({
              id: row.id,
              person: { id: row.recipient, name: row.recipientName },
              about: row.about,
              channel: row.channel,
              state: row.state,
              reason: row.reason,
              attempts: row.attempts,
              updatedAt: row.updatedAt.toString(),
            })),
            next,
          },
        };
      },
    }),
  ];
}

const confidential: Problem = {
  kind: "problem",
  status: 404,
  detail: "Of a survey there are no single cards to see, only rounded counts: see pulse-waves.",
};
