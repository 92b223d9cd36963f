import type { DirectoryPerson } from "../entra/index.ts";
import { refusal, type Refusal } from "./refusals.ts";
import type { Route } from "./routes.ts";

/** Application permissions with which users may be read: User.ReadBasic.All knows nothing of guests. */
const mayRead = ["User.Read.All", "Directory.Read.All"];

const denied = refusal(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.");

export const noSuchUser = (user: string): Refusal =>
  refusal(404, "Request_ResourceNotFound", `Resource '${user}' does not exist or one of its queried reference-property objects are not present.`);

/** The name with which somebody signs in: a guest has one of the tenant's making. */
const signInName = ({ email, external }: DirectoryPerson): string =>
  external ? `${email.replace("@", "_")}#EXT#@tenant.onmicrosoft.com` : email;

/** A user as $select=id,mail,userPrincipalName,userType shows them. */
const userJson = (person: DirectoryPerson): object => ({
  id: person.objectId,
  mail: person.email,
  userPrincipalName: signInName(person),
  userType: person.external ? "Guest" : "Member",
});

/** A literal of OData, in which an apostrophe is written twice. */
const literal = "'((?:[^']|'')*)'";
const filterPattern = new RegExp(`^mail eq ${literal} or userPrincipalName eq ${literal}$`);

/** The routes that read the directory: one user, and those with an address. */
export function directoryRoutes(): Route[] {
  return [
    {
      method: "GET",
      path: /^\/users$/i,
      ...{ roles: mayRead, denied },
      kind: "user",
      hasMailbox: false,
      async handle({ request, doing }) {
        const [, mail, name] = filterPattern.exec(request.query.get("$filter") ?? "") ?? [];
        if (mail === undefined || name === undefined) return refusal(400, "Request_UnsupportedQuery", "Unsupported query.");
        const same = (one: string, other: string) => one.toLowerCase() === other.replaceAll("''", "'").toLowerCase();
        const found = doing.book.users().filter((one) => same(one.email, mail) || same(signInName(one), name));
        return { status: 200, body: { value: found.map(userJson) } };
      },
    },
    {
      method: "GET",
      path: /^\/users\/([^/]+)$/i,
      ...{ roles: mayRead, denied },
      kind: "user",
      hasMailbox: false,
      async handle({ params: [user = ""], doing }) {
        const found = doing.book.user(user);
        return found === null ? noSuchUser(user) : { status: 200, body: userJson(found) };
      },
    },
  ];
}
