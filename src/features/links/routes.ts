import { z } from "zod";
import { allow } from "../../kernel/actor.ts";
import { type Route, route } from "../../kernel/http.ts";
import { asId, type PersonId } from "../../kernel/ids.ts";
import { type LinkRoute, linkRoute } from "../../kernel/link-http.ts";
import { calendarByLink } from "./calendar-file.ts";
import { NothingMore, PressBody, RevokedLinks, SayBody } from "./contract.ts";
import type { LinkDeps } from "./ports.ts";
import { renewLink, revokeLinks } from "./renewing.ts";
import { openLink, pressByLink, sayByLink } from "./responding.ts";

/** What the page behind a link asks for. */
export function respondRoutes(deps: LinkDeps): LinkRoute[] {
  return [
    linkRoute({ path: "card", body: NothingMore, handle: ({ token }) => openLink(deps, token) }),
    linkRoute({ path: "press", body: PressBody, handle: ({ token, body }) => pressByLink(deps, token, withoutVerb(body.action)) }),
    linkRoute({ path: "calendar", body: NothingMore, handle: ({ token }) => calendarByLink(deps, token) }),
    linkRoute({ path: "say", body: SayBody, handle: ({ token, body }) => sayByLink(deps, token, body) }),
    linkRoute({ path: "renew", body: NothingMore, handle: ({ token }) => renewLink(deps, token) }),
  ];
}

// Cards carry the verb in their data too, for clients that send the data alone.
function withoutVerb({ verb, data }: z.infer<typeof PressBody>["action"]) {
  return { verb, data: Object.fromEntries(Object.entries(data).filter(([name]) => name !== "verb")) };
}

/** The part of the API that is about links. */
export function linkRoutes(deps: Pick<LinkDeps, "store" | "clock">): Route[] {
  return [
    route({
      method: "DELETE",
      path: "people/:id/links",
      summary: "End every link that was mailed to somebody",
      allow: allow.everyone,
      allowed: "Everyone for themselves; admins and leads of the whole network for all",
      response: RevokedLinks,
      async handle({ actor, params }) {
        const id = z.uuid().safeParse(params["id"]);
        const person = id.success ? asId<PersonId>(id.data) : null;
        if (person !== actor.person && !allow.runners(actor)) {
          return { kind: "problem", status: 403, detail: "You can end your own links; those who run the network can end everybody's." };
        }
        const revoked = person === null ? null : await revokeLinks(deps, actor, person);
        if (revoked === null) return { kind: "problem", status: 404, detail: "There is no such person." };
        return { kind: "ok", body: { revoked } };
      },
    }),
  ];
}
