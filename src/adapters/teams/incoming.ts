import { z } from "zod";

const Account = z.looseObject({ id: z.string().min(1), aadObjectId: z.string().min(1).nullish() });

const Envelope = z.object({
  type: z.string().min(1),
  id: z.string().nullish(),
  name: z.string().nullish(),
  action: z.unknown().optional(),
  text: z.string().nullish(),
  replyToId: z.string().nullish(),
  value: z.unknown().optional(),
  channelId: z.literal("msteams"),
  serviceUrl: z.url({ protocol: /^https?$/ }),
  from: Account,
  conversation: z.looseObject({
    id: z.string().min(1),
    tenantId: z.string().nullish(),
    conversationType: z.string().nullish(),
    isGroup: z.boolean().nullish(),
  }),
  channelData: z.looseObject({ tenant: z.looseObject({ id: z.string() }).nullish() }).nullish(),
});

/** An activity from Teams, checked as far as the product relies on it. */
export type Incoming = z.infer<typeof Envelope> & { readonly tenantId: string };

export type Reading =
  | { readonly ok: true; readonly activity: Incoming; readonly json: object }
  | { readonly ok: false; readonly status: 400 | 403; readonly message: string };

/** Objects and lists within each other; cards and their answers need about ten. */
const maxDepth = 32;

const refused = (status: 400 | 403, message: string): Reading => ({ ok: false, status, message });

/**
 * Reads the body of a request from the Connector. botbuilder itself answers 500 to a missing type, skips its check of
 * the service URL when there is none, and takes one channel's tokens from elsewhere: so all three are settled here.
 * What the body held is never repeated in a refusal.
 */
export function readActivity(text: string, allowedTenants: readonly string[]): Reading {
  const json = parseJson(text);
  if (typeof json !== "object" || json === null || Array.isArray(json)) {
    return refused(400, "The body must be a JSON object.");
  }
  if (isDeeperThan(maxDepth, json)) return refused(400, `The body is nested more than ${maxDepth} levels deep.`);
  const parsed = Envelope.safeParse(json);
  if (!parsed.success) {
    const path = parsed.error.issues[0]?.path.join(".") ?? "";
    return refused(400, `The activity's "${path}" is missing or can't be used.`);
  }
  const { channelData, conversation } = parsed.data;
  const tenants = [channelData?.tenant?.id, conversation.tenantId].filter((tenant) => typeof tenant === "string");
  const [tenantId] = tenants;
  if (tenantId === undefined) return refused(400, "The activity names no tenant.");
  const allowed = new Set(allowedTenants.map((tenant) => tenant.toLowerCase()));
  if (tenants.some((tenant) => !allowed.has(tenant.toLowerCase()))) {
    return refused(403, "This app doesn't serve the activity's tenant.");
  }
  return { ok: true, activity: { ...parsed.data, tenantId }, json };
}

// Level by level, because a function that calls itself runs out of stack on what it is meant to find.
function isDeeperThan(limit: number, json: object): boolean {
  let level: object[] = [json];
  for (let depth = 1; level.length > 0; depth += 1) {
    if (depth > limit) return true;
    level = level.flatMap((part) =>
      Object.values(part).filter((child): child is object => typeof child === "object" && child !== null),
    );
  }
  return false;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
