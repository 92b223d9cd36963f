import type { Stores } from "../adapters/sql/store.ts";
import { chatNoter, type DeliveryDeps, personRemovedApp } from "../features/deliveries/use-cases.ts";
import { recognise } from "../features/roster/first-contact.ts";
import type { Directory } from "../features/roster/ports.ts";
import { type Actor, isOwnBusiness } from "../kernel/actor.ts";
import type { BotCommand, CardVerb } from "../kernel/bot.ts";
import type { BotApp } from "../kernel/bot-app.ts";
import type { Card } from "../kernel/cards.ts";
import type { Store } from "../kernel/store.ts";
import type { Clock } from "../kernel/time.ts";

export interface BotParts {
  readonly store: Store<Stores>;
  readonly clock: Clock;
  readonly directory: Directory;
  /** The tenant whose people the roster knows by their e-mail. */
  readonly homeTenant: string;
  readonly deliveries: DeliveryDeps;
  /** Notes that the app has come to somebody, or was removed for them. */
  readonly noteApp: (actor: Actor, has: boolean) => Promise<void>;
  readonly verbs: readonly CardVerb[];
  readonly commands: readonly BotCommand[];
  /** The first card that somebody sees. */
  readonly welcome: (actor: Actor) => Promise<Card>;
}

/** The bot as every edge meets it: who somebody is, what they can press and say, and what is recorded of it. */
export function composeBot(parts: BotParts): BotApp {
  const { store, clock, directory, homeTenant, deliveries, noteApp, verbs, commands, welcome } = parts;
  const noteChat = chatNoter(deliveries);
  return {
    identify: async (account, fetchEmail) => {
      const known = await directory.actorByIdentity(account);
      if (known !== null) return known;
      return recognise({ directory, store, clock, homeTenant }, account, await fetchEmail());
    },
    verbs: new Map(verbs.map((verb) => [verb.verb, verb])),
    commands,
    async installed(actor, conversation, kind) {
      if (kind === "remove") {
        await personRemovedApp(deliveries, actor.network, actor.person);
        await noteApp(actor, false);
        return [];
      }
      await noteChat({ network: actor.network, person: actor.person, ref: conversation });
      if (kind !== "add") return [];
      await noteApp(actor, true);
      return [{ kind: "card", card: await welcome(actor) }];
    },
    async acted(actor, { name, allow: policy, outcome }) {
      const isRefusal = outcome === "refused" || outcome === "forbidden";
      if (!isRefusal && isOwnBusiness(actor, policy)) return;
      await store.transaction(actor.network, (tx) =>
        tx.audit.record({ at: clock.now(), actor, action: `bot ${name}`, subject: null, detail: { outcome } }),
      );
    },
    stranger: {
      text: "I know only people in a network's roster, and you aren't in one yet. Ask whoever runs your network to add you.",
    },
  };
}
