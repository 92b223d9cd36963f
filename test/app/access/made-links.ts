import { linkTokens } from "../../../src/adapters/identity/link-tokens.ts";
import { signingKey } from "../../../src/adapters/sql/signing-keys.ts";
import type { Delivery, Purpose } from "../../../src/features/deliveries/model.ts";
import { linkMaker } from "../../../src/features/links/issuing.ts";
import { asId, type DeliveryId } from "../../../src/kernel/ids.ts";
import type { TestApp } from "../test-app.ts";

/** Links to any card, made as those are that are mailed. */
export function linksOf(app: TestApp) {
  const tokens = linkTokens(signingKey(app.database.db, "links"));
  const maker = linkMaker({ store: app.store, tokens, clock: app.clock, pageUrl: () => "" });
  const { deliveries } = app.store.read(app.network);
  const until = app.clock.now().add({ hours: 24 * 30 });
  const made = async (card: Delivery) => {
    const person = await app.store.read(app.network).roster.person(card.recipient);
    return maker.linkTo(app.network, card, person?.email ?? "", until);
  };
  const tokenTo = async (card: Delivery) => (await made(card)).url.slice(1);
  return {
    tokenTo,
    /** The token of a link to this card that was ended, after which it has another one. */
    async endedTo(card: Delivery): Promise<string> {
      const token = await tokenTo(card);
      await app.store.transaction(app.network, (tx) => tx.links.revokeTo([card.id], app.clock.now()));
      return token;
    },
    /** The token of the second card of a page. */
    followUp: async (page: Delivery, card: Delivery) => tokens.sign({ network: app.network, link: asId((await made(page)).id), card: card.id }),
    async card(who: string, purpose: Purpose): Promise<Delivery> {
      const person = await app.store.read(app.network).roster.personByEmail(who);
      const rows = await app.database.db.selectFrom("deliveries").select("id").where("purpose", "=", purpose)
        .where("recipient", "=", person?.id ?? "").orderBy("created_at", "desc").orderBy("id", "desc").execute();
      const found = rows[0] === undefined ? null : await deliveries.byId(asId<DeliveryId>(rows[0].id));
      if (found === null) throw new Error(`${who} has no card of the kind ${purpose}.`);
      return found;
    },
  };
}
