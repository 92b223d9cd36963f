import { ResponseType, type Client } from "@microsoft/microsoft-graph-client";
import { z } from "zod";
import type { Account, Installer, InstallResult } from "../../features/installs/ports.ts";
import { Fault } from "../../kernel/errors.ts";
import { userPath } from "./calendar-calls.ts";
import { installFaultOf, lookupFaultOf } from "./install-faults.ts";

export interface GraphInstallerOptions {
  readonly client: Client;
  /** The app's id in the organisation's catalogue: another one than in its manifest. */
  readonly catalogueId: string;
  /** Milliseconds since 1970; the machine's clock when left out. */
  readonly now?: () => number;
}

const User = z.object({
  id: z.guid(),
  mail: z.string().nullish(),
  userPrincipalName: z.string().nullish(),
  // Accounts made before 2014 have none.
  userType: z.string().nullish(),
});
type User = z.infer<typeof User>;
const Users = z.object({ value: z.array(User) });
const wanted = "$select=id,mail,userPrincipalName,userType";
/** Where an app of a catalogue is bound to, whichever address Graph itself is reached at. */
const catalogue = "https://graph.microsoft.com/v1.0/appCatalogs/teamsApps";

/**
 * Gives people the app by way of Graph; needs TeamsAppInstallation.ReadWriteSelfForUser.All, and User.Read.All to find
 * those whose account isn't known. Throws a Fault "unexpected-answer" for answers that don't have what they must.
 */
export function graphInstaller({ client, catalogueId, now = () => Date.now() }: GraphInstallerOptions): Installer {
  async function ask<T, F>(
    request: () => Promise<T>,
    faultOf: (error: unknown, now: number) => F | null,
  ): Promise<{ readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: F }> {
    try {
      return { ok: true, value: await request() };
    } catch (error) {
      const fault = faultOf(error, now());
      if (fault === null) throw error;
      return { ok: false, fault };
    }
  }

  return {
    async install(objectId) {
      const done = await ask(async () => {
        await client
          .api(`${userPath(objectId)}/teamwork/installedApps`)
          // Nothing of the answer is read, so that no oddity in it makes an installed app look uninstalled.
          .responseType(ResponseType.RAW)
          .post({ "teamsApp@odata.bind": `${catalogue}/${catalogueId}` });
        return "installed" as const;
      }, installFaultOf);
      if (done.ok) return done;
      const { fault } = done;
      return fault.kind === "already" ? { ok: true, value: "already" } : { ok: false, fault };
    },

    async find(email) {
      const text = `'${email.replaceAll("'", "''")}'`;
      const filter = encodeURIComponent(`mail eq ${text} or userPrincipalName eq ${text}`);
      const found = await ask(async () => parsed(Users, await client.api(`/users?$filter=${filter}&${wanted}&$top=10`).get()), lookupFaultOf);
      return found.ok ? chosen(found.value.value, email) : found;
    },

    async read(objectId) {
      const read = await ask(async () => parsed(User, await client.api(`${userPath(objectId)}?${wanted}`).get()), lookupFaultOf);
      if (read.ok) return { ok: true, value: accountOf(read.value) };
      return read.fault.kind === "not-found" ? { ok: true, value: null } : read;
    },
  };
}

/** Which of the accounts that have an address is meant: the one that signs in with it, else the only member, else a guest. */
function chosen(users: readonly User[], email: string): InstallResult<Account | null> {
  const accounts = users.map((user) => ({ ...accountOf(user), signsIn: user.userPrincipalName?.toLowerCase() === email }));
  const own = accounts.find(({ signsIn }) => signsIn);
  const members = accounts.filter(({ isGuest }) => !isGuest);
  if (own === undefined && members.length > 1) {
    return { ok: false, fault: { kind: "ambiguous", detail: `${members.length} accounts` } };
  }
  const one = own ?? members[0] ?? accounts[0];
  return { ok: true, value: one === undefined ? null : { objectId: one.objectId, isGuest: one.isGuest } };
}

function accountOf({ id, userType, userPrincipalName }: User): Account {
  const isGuest = userType == null ? (userPrincipalName ?? "").includes("#EXT#") : userType.toLowerCase() === "guest";
  return { objectId: id.toLowerCase(), isGuest };
}

function parsed<T>(schema: z.ZodType<T>, answer: unknown): T {
  const result = schema.safeParse(answer);
  if (result.success) return result.data;
  // Where the answer isn't what it should be, not what it says: that can be anybody's name.
  const place = result.error.issues[0]?.path.join(".") ?? "";
  throw new Fault("unexpected-answer", `Graph's answer about an account doesn't have what it should at "${place}".`);
}
