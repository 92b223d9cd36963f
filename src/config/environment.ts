import { z } from "zod";
import { logLevels } from "../adapters/logging/logger.ts";

/** The environment's variables, those that are empty left out. */
export type Env = Readonly<Record<string, string | undefined>>;

export function parsedUrl(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}

// The sentences never quote what was given: a database's address holds its password.
const webAddress = (name: string) =>
  z.string().refine((text) => /^https?:$/.test(parsedUrl(text)?.protocol ?? ""), {
    error: `${name} isn't a web address: write it in full, such as https://example.org.`,
  });

const wholeNumber = (name: string, from: number, to: number) => {
  const error = `${name} must be a whole number from ${from} to ${to}.`;
  return z
    .string()
    .regex(/^\d{1,9}$/, { error })
    .transform(Number)
    .pipe(z.number().min(from, { error }).max(to, { error }));
};

const yesOrNo = (name: string) => z.enum(["true", "false"], { error: `${name} must be true or false.` });

// Entra's ids are lower-case in its tokens; people copy them in either case.
const objectId = (name: string) =>
  z
    .guid({ error: `${name} must be an id such as 1fec8e78-bce4-4aaf-ab1b-5451cc387264.` })
    .transform((id) => id.toLowerCase());

const idList = (name: string) =>
  z
    .string()
    .transform((text) =>
      text
        .toLowerCase()
        .split(/[\s,;]+/)
        .filter((id) => id !== ""),
    )
    .pipe(z.array(z.guid({ error: `${name} must be object ids with commas between them.` })));

/** Every variable by its form. What has to be set, and where it may lead, is each mode's own matter. */
export const Environment = z.object({
  STEADY_MODE: z.enum(["local", "live"], { error: "STEADY_MODE must be local or live." }).default("local"),
  HOST: z.string().optional(),
  PORT: wholeNumber("PORT", 0, 65_535).default(3978),
  PUBLIC_URL: webAddress("PUBLIC_URL").optional(),
  DATABASE_URL: z
    .string()
    .refine((text) => /^postgres(ql)?:$/.test(parsedUrl(text)?.protocol ?? ""), {
      error: "DATABASE_URL isn't a PostgreSQL address: it starts with postgresql://.",
    })
    .optional(),
  DATA_DIR: z.string().optional(),
  PULSE_KEYS: z.string().optional(),
  MicrosoftAppType: z
    .enum(["SingleTenant", "UserAssignedMSI"], { error: "MicrosoftAppType must be SingleTenant or UserAssignedMSI." })
    .optional(),
  MicrosoftAppId: objectId("MicrosoftAppId").optional(),
  MicrosoftAppTenantId: objectId("MicrosoftAppTenantId").optional(),
  MicrosoftAppPassword: z.string().optional(),
  TEAMS_SERVICE_URL: webAddress("TEAMS_SERVICE_URL").optional(),
  TEAMS_APP_ID: objectId("TEAMS_APP_ID").optional(),
  TEAMS_REQUESTS_PER_SECOND: wholeNumber("TEAMS_REQUESTS_PER_SECOND", 1, 1000).default(50),
  BOT_OPENID_METADATA_URL: webAddress("BOT_OPENID_METADATA_URL").optional(),
  BOT_TOKEN_ISSUER: webAddress("BOT_TOKEN_ISSUER").optional(),
  BOT_LOGIN_URL: webAddress("BOT_LOGIN_URL").optional(),
  BOT_OAUTH_SCOPE: z.string().default("https://api.botframework.com"),
  ENTRA_AUTHORITY: webAddress("ENTRA_AUTHORITY").optional(),
  GRAPH_BASE_URL: webAddress("GRAPH_BASE_URL").optional(),
  GRAPH_OAUTH_SCOPE: z.string().default("https://graph.microsoft.com"),
  ENTRA_CLIENT_ID: objectId("ENTRA_CLIENT_ID").optional(),
  ENTRA_CLIENT_SECRET: z.string().optional(),
  MEETING_ORGANISER: z.email({ error: "MEETING_ORGANISER must be an e-mail address." }).optional(),
  GRAPH_FREE_BUSY: yesOrNo("GRAPH_FREE_BUSY").optional(),
  GRAPH_MEMBER_CALENDARS: yesOrNo("GRAPH_MEMBER_CALENDARS").optional(),
  MAIL_SENDER: z.email({ error: "MAIL_SENDER must be an e-mail address." }).optional(),
  STEADY_ADMINS: idList("STEADY_ADMINS").default([]),
  LOG_LEVEL: z.enum(logLevels, { error: `LOG_LEVEL must be one of ${logLevels.join(", ")}.` }).default("info"),
  OTEL_EXPORTER_OTLP_ENDPOINT: webAddress("OTEL_EXPORTER_OTLP_ENDPOINT").optional(),
  OTEL_EXPORTER_OTLP_PROTOCOL: z.string().optional(),
  STAND_IN_APP_ID: z.string().optional(),
  STAND_IN_APP_SECRET: z.string().optional(),
  STAND_IN_TENANT_ID: z.string().optional(),
});

export type Values = z.infer<typeof Environment>;
