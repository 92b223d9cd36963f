import { z } from "zod";
import { noSuchUser } from "./directory-routes.ts";
import { refusal } from "./refusals.ts";
import { jsonOf, type Route } from "./routes.ts";

/** Teams, as far as Graph puts apps into it. */
export interface TeamsApps {
  /** The ids of the organisation's catalogue. */
  readonly catalogue: readonly string[];
  hasApp(objectId: string): Promise<boolean>;
  /** Puts the app there, and tells the bot as Teams does. */
  install(objectId: string): Promise<unknown>;
}

const roles = ["TeamsAppInstallation.ReadWriteSelfForUser.All", "TeamsAppInstallation.ReadWriteForUser.All"];
const denied = refusal(403, "Forbidden", `Missing role permissions on the request. API requires one of '${roles.join(", ")}'.`);

const Installation = z.object({ "teamsApp@odata.bind": z.string() });
const bound = /^https:\/\/graph\.microsoft\.com\/v1\.0\/appCatalogs\/teamsApps\/([^/]+)$/;

/**
 * The route that installs an app for somebody. What Graph says in each case is as public threads have it; what it says of
 * a guest isn't written anywhere.
 * @param under keeps what goes on after the answer: Teams tells the bot by itself
 */
export function appRoutes({ catalogue, hasApp, install }: TeamsApps, under: (work: Promise<unknown>) => void): Route[] {
  return [
    {
      method: "POST",
      path: /^\/users\/([^/]+)\/teamwork\/installedApps$/i,
      ...{ roles, denied },
      kind: "app",
      hasMailbox: false,
      async handle({ request, params: [user = ""], doing }) {
        const body = Installation.safeParse(jsonOf(request.body));
        const [, app] = bound.exec(body.data?.["teamsApp@odata.bind"] ?? "") ?? [];
        if (app === undefined) return refusal(400, "BadRequest", "Invalid request body was sent.");
        const person = doing.book.user(user);
        if (person === null) return noSuchUser(user);
        if (!catalogue.includes(app)) return refusal(404, "NotFound", "No app was found for the given id.");
        if (person.external) return refusal(403, "Forbidden", "The app can't be installed for this user.");
        if (await hasApp(person.objectId)) return refusal(409, "Conflict", "The app is installed for this user already.");
        under(install(person.objectId));
        return { status: 201 };
      },
    },
  ];
}
