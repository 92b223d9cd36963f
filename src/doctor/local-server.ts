import type { Server } from "restify";
import { z } from "zod";
import type { StandInAddresses } from "../config/types.ts";
import { Fault } from "../kernel/errors.ts";
import { json } from "../local/rehearsal/http.ts";
import type { LocalPlatform } from "../local/start.ts";
import { ask } from "./asking.ts";
import { type StoreLook, StorePart, storeParts } from "./store-facts.ts";

/**
 * What a local server tells doctor, which runs in a process of its own: what only the server can see, because the
 * embedded store is its alone and the stand-ins live inside it. Local mode only; counts and settings, nobody's answers.
 */
export function mountForDoctor(server: Server, look: StoreLook, local: Pick<LocalPlatform, "standIns" | "mailSender" | "organiser">): void {
  server.get("/local/doctor/store/:part", async (request, response) => {
    const part = StorePart.safeParse(Part.safeParse(request.params).data?.part);
    if (!part.success) return json(response, 404, { detail: "The store has no such part." });
    json(response, 200, { is: await look[part.data]() });
  });
  server.get("/local/doctor/stand-ins", async (_request, response) => {
    const { standIns, mailSender, organiser } = local;
    if (standIns === null) return json(response, 404, { detail: "The stand-ins are somebody else's." });
    json(response, 200, { ...standIns, mailSender, organiser });
  });
}

const Part = z.object({ part: z.string() });

/** The store of a local server, looked at through it. */
export function storeThrough(url: string): StoreLook {
  const read = async <T>(part: StorePart, schema: z.ZodType<T>): Promise<T> =>
    z.object({ is: schema }).parse(await told(`${url}/local/doctor/store/${part}`)).is;
  return {
    about: () => read("about", storeParts.about),
    migrations: () => read("migrations", storeParts.migrations),
    queue: () => read("queue", storeParts.queue),
    networks: () => read("networks", storeParts.networks),
  };
}

const StandIns = z.object({
  addresses: z.object({
    serviceUrl: z.string(),
    openIdMetadataUrl: z.string(),
    tokenIssuer: z.string(),
    loginUrl: z.string(),
    oauthScope: z.string(),
    entraAuthority: z.string(),
    graphBaseUrl: z.string().nullable(),
    appId: z.string(),
    appSecret: z.string(),
    tenantId: z.string(),
  }) satisfies z.ZodType<StandInAddresses>,
  certificate: z.string(),
  mailSender: z.string().nullable(),
  organiser: z.string().nullable(),
});

/** Where the stand-ins of a local server are, and which mailboxes it uses there. */
export async function standInsOf(url: string): Promise<z.infer<typeof StandIns>> {
  return StandIns.parse(await told(`${url}/local/doctor/stand-ins`));
}

async function told(url: string): Promise<unknown> {
  const asked = await ask(url, {}, 15_000);
  if (asked.answered && asked.status === 200) return asked.body;
  const why = asked.answered ? String(asked.status) : asked.why;
  throw new Fault("command", `The local server doesn't say what doctor asks it (${why}): it may be of another version.`);
}
