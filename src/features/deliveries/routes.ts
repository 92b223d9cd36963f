import { z } from "zod";
import { allow } from "../../kernel/actor.ts";
import { type Route, route } from "../../kernel/http.ts";
import { asId, type DeliveryId } from "../../kernel/ids.ts";
import { page, PageQuery } from "../../kernel/paging.ts";
import { channels, deliveryStates, mainPurposes, purposes } from "./model.ts";
import { type DeliveryDeps, listDeliveries } from "./use-cases.ts";

const LedgerQuery = PageQuery.extend({
  round: z.uuid({ error: "round: give the id of a round or a meeting." }),
  purpose: z
    .enum(purposes, { error: `purpose: choose one of ${purposes.join(", ")}.` })
    .optional()
    .describe("Left out: the cards that the round's or meeting's counts are about; or those that follow from it"),
});

const LedgerPage = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      person: z.object({ id: z.string(), name: z.string() }),
      about: z.string().nullable().describe("The team that the card is about"),
      channel: z.enum(channels),
      state: z.enum(deliveryStates),
      reason: z.string().nullable(),
      attempts: z.int(),
      updatedAt: z.iso.datetime(),
    }),
  ),
  next: z.string().nullable(),
});

/** The ledger of cards: one row for each card meant for a person. */
export function deliveryRoutes(deps: Pick<DeliveryDeps, "store">): Route[] {
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
