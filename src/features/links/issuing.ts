import { asId, newId, type LinkId } from "../../kernel/ids.ts";
import type { LinkMaker } from "../deliveries/ports.ts";
import { isGood, type Link } from "./model.ts";
import type { LinkDeps } from "./ports.ts";

/**
 * Makes links for mails. A mail that is tried again carries the link of the first try, and one that is sent again
 * later the same, as long as it is good; a card has one good link at most.
 */
export function linkMaker(deps: Pick<LinkDeps, "store" | "tokens" | "clock" | "pageUrl">): LinkMaker {
  return {
    async linkTo(network, delivery, sentTo, until) {
      const now = deps.clock.now();
      const link = await deps.store.transaction(network, async (tx): Promise<Link> => {
        const last = await tx.links.latestTo(delivery.id);
        if (last !== null && isGood(last, sentTo, now)) return last;
        await tx.links.revokeTo([delivery.id], now);
        const { id, recipient } = delivery;
        const link: Link = {
          id: newId<LinkId>(),
          delivery: id,
          person: recipient,
          sentTo,
          issuedAt: now,
          expiresAt: until,
          revokedAt: null,
        };
        await tx.links.add(link);
        return link;
      });
      // After the hash, so that neither servers nor the pages it leads to are told.
      const token = await deps.tokens.sign({ network, link: link.id, card: null });
      return { url: `${deps.pageUrl()}#${token}`, id: link.id };
    },

    async isGood(network, id) {
      const read = deps.store.read(network);
      const link = await read.links.byId(asId<LinkId>(id));
      const person = link === null ? null : await read.roster.person(link.person);
      return link !== null && person !== null && person.leftOn === null && isGood(link, person.email, deps.clock.now());
    },
  };
}
