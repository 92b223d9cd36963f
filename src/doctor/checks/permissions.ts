import { rolesIn } from "../../adapters/identity/roles.ts";
import { failed, fine, skipped, type Verdict, warning } from "../model.ts";
import type { Surroundings } from "../surroundings.ts";

const installs = "TeamsAppInstallation.ReadWriteSelfForUser.All";
const lookUp = "User.Read.All";
/** What Exchange grants for chosen mailboxes (RBAC for Applications) and Entra for all of them; a token names only Entra's. */
const mailboxRoles = new Set(["Calendars.Read", "Calendars.ReadWrite", "Mail.Send"]);

/**
 * What to make of the application permissions that the token names; null when it can't be read.
 * @param canConfine false with the stand-ins, which know no other grants than Entra's
 */
export function judgePermissions(roles: readonly string[] | null, canConfine: boolean): Verdict[] {
  if (roles === null) {
    return [warning(
      "The token for Graph can't be read, so its permissions aren't known.",
      "Look at them in Entra: Enterprise applications, Permissions.",
    )];
  }
  const found: Verdict[] = [];
  const consent = "Grant it to Steady's application and consent (infra/scripts/grant-graph-permissions.sh does both).";
  if (!roles.includes(installs)) found.push(failed(`${installs} isn't granted: Steady can't install the app for people.`, consent));
  if (!roles.includes(lookUp)) {
    found.push(warning(
      `${lookUp} isn't granted: people without an object id in the roster can't be given the app.`,
      `${consent} Or give everybody an aad_object_id in the roster.`,
    ));
  }
  const open = roles.filter((role) => canConfine && mailboxRoles.has(role));
  if (open.length > 0) {
    found.push(
      warning(
        `More than Steady needs: ${open.join(", ")} ${open.length === 1 ? "is" : "are"} granted in Entra, for every mailbox of the tenant.`,
        "Take that back in Entra and grant the mailboxes that Steady uses in Exchange (infra/scripts/confine-calendars.ps1); " +
          "an application access policy confines it, too.",
      ),
    );
  }
  const unused = roles.filter((role) => role !== installs && role !== lookUp && !mailboxRoles.has(role));
  if (unused.length > 0) {
    found.push(warning(
      `More than Steady needs: ${unused.join(", ")} ${unused.length === 1 ? "is" : "are"} never used.`,
      "Take that back in Entra.",
    ));
  }
  const rest = canConfine ? " Mailboxes are granted in Exchange: see the mailbox lines." : "";
  return found.length > 0 ? found : [fine(`The token for Graph names what Steady needs and no more.${rest}`)];
}

/** Compares the token's permissions with what Steady needs. */
export async function checkPermissions({ config, tenant }: Surroundings): Promise<readonly Verdict[]> {
  const { graph } = (await tenant()).platform;
  if (graph === null) return [skipped("Nobody plays Graph here.")];
  return judgePermissions(rolesIn(await graph.token()), config.mode === "live");
}
