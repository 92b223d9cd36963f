import { z } from "zod";

/** What the environment says about the app that Teams shows: the manifest's placeholders by their names. */
export interface PackageSettings {
  /** The manifest's own id; in the organisation's catalogue the app has another one (TEAMS_APP_ID). */
  readonly TEAMS_MANIFEST_ID: string;
  readonly MicrosoftAppId: string;
  readonly ENTRA_CLIENT_ID: string;
  /** "https://" and the host, with nothing behind. */
  readonly PUBLIC_URL: string;
  /** The host of PUBLIC_URL, with a port where it has one. */
  readonly PUBLIC_HOST: string;
  readonly DEVELOPER_NAME: string;
  readonly DEVELOPER_WEBSITE_URL: string;
  readonly DEVELOPER_PRIVACY_URL: string;
  readonly DEVELOPER_TERMS_URL: string;
}

export type ReadSettings =
  | { readonly ok: true; readonly settings: PackageSettings }
  | { readonly ok: false; readonly problems: readonly string[] };

const parsed = (text: string) => (URL.canParse(text) ? new URL(text) : null);

/** Something that must be there, or else "<name> is missing: <what>." */
const needed = (name: string, what: string) => z.string({ error: `${name} is missing: ${what}.` });

const isGuid = (text: string) => z.guid().safeParse(text).success;
const guidError = (name: string) => ({ error: `${name} must be an id such as 1fec8e78-bce4-4aaf-ab1b-5451cc387264.` });
// Entra compares an application's address letter by letter, and writes ids in lower case.
const lower = (text: string) => text.toLowerCase();

const secureAddress = (name: string) =>
  z.string().refine((text) => parsed(text)?.protocol === "https:", {
    error: `${name} must be a web address that starts with https://.`,
  });

const Environment = z.object({
  PUBLIC_URL: needed("PUBLIC_URL", "the address at which Teams reaches this server, such as https://steady.example.org").refine(isOrigin, {
    error: "PUBLIC_URL must be https:// and a host, with nothing behind: Teams shows no tab without TLS.",
  }),
  MicrosoftAppId: needed("MicrosoftAppId", "the bot's application id").refine(isGuid, guidError("MicrosoftAppId")).transform(lower),
  ENTRA_CLIENT_ID: needed("ENTRA_CLIENT_ID", "the application id of the tab's sign-in")
    .refine(isGuid, guidError("ENTRA_CLIENT_ID"))
    .transform(lower),
  TEAMS_MANIFEST_ID: z.string().refine(isGuid, guidError("TEAMS_MANIFEST_ID")).transform(lower).optional(),
  DEVELOPER_NAME: z.string().max(32, { error: "DEVELOPER_NAME must have 32 characters at most." }).default("Steady"),
  DEVELOPER_WEBSITE_URL: secureAddress("DEVELOPER_WEBSITE_URL").optional(),
  DEVELOPER_PRIVACY_URL: secureAddress("DEVELOPER_PRIVACY_URL").optional(),
  DEVELOPER_TERMS_URL: secureAddress("DEVELOPER_TERMS_URL").optional(),
});

function isOrigin(text: string): boolean {
  const url = parsed(text);
  return url?.protocol === "https:" && url.href === `${url.origin}/`;
}

/**
 * The settings that the app package needs, out of the environment (what is empty counts as missing), or one sentence
 * for each that is missing or unusable. No sentence repeats what was given.
 */
export function readPackageSettings(environment: Readonly<Record<string, string | undefined>>): ReadSettings {
  const given = Object.entries(environment).map(([name, value]) => [name, value?.trim() === "" ? undefined : value?.trim()]);
  const read = Environment.safeParse(Object.fromEntries(given));
  if (!read.success) return { ok: false, problems: read.error.issues.map(({ message }) => message) };
  const { PUBLIC_URL, TEAMS_MANIFEST_ID, DEVELOPER_WEBSITE_URL, DEVELOPER_PRIVACY_URL, DEVELOPER_TERMS_URL, ...rest } = read.data;
  const { origin, host } = new URL(PUBLIC_URL);
  return {
    ok: true,
    settings: {
      ...rest,
      PUBLIC_URL: origin,
      PUBLIC_HOST: host,
      // One app for each bot, and the same one with each new version: so the bot's id serves where none is given.
      TEAMS_MANIFEST_ID: TEAMS_MANIFEST_ID ?? rest.MicrosoftAppId,
      DEVELOPER_WEBSITE_URL: DEVELOPER_WEBSITE_URL ?? `${origin}/about/`,
      DEVELOPER_PRIVACY_URL: DEVELOPER_PRIVACY_URL ?? `${origin}/about/privacy.html`,
      DEVELOPER_TERMS_URL: DEVELOPER_TERMS_URL ?? `${origin}/about/terms.html`,
    },
  };
}
