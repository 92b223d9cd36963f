import { server } from "./local-mode-driver.ts";

/* What Rehearsal's page does, done without a page: for the many people whom nobody needs to see. */

export interface Person {
  readonly key: string;
  readonly name: string;
  readonly email: string;
  readonly role: string;
  readonly area: string | null;
  readonly external: boolean;
  /** How many their chat holds, of both sides. */
  readonly messages: number;
}

interface Message {
  readonly id: string;
  readonly card: { readonly body: readonly { readonly text?: string }[]; readonly actions?: readonly Action[] } | null;
}

interface Action {
  readonly type: string;
  readonly title: string;
  readonly verb: string;
  readonly data: object;
}

async function call<Answer>(path: string, body?: object): Promise<Answer> {
  const init = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
  const answer = await fetch(`${server.url}/rehearsal/api/${path}`, init);
  return (await answer.json()) as Answer;
}

export const everybody = async (): Promise<readonly Person[]> => (await call<{ items: Person[] }>("people")).items;

/** Writes to the bot and waits until it has answered. */
export const say = ({ key }: Person, text: string): Promise<unknown> => call(`people/${key}/messages`, { text });

/** Presses a button of somebody's latest card that has it; gives what kind of answer came. */
export async function pressLatest({ key, name }: Person, button: string, inputs: object): Promise<string> {
  const { messages } = await call<{ messages: Message[] }>(`people/${key}/chat?peek=true`);
  const message = messages.findLast(({ card }) => card?.actions?.some(({ title }) => title === button));
  const action = message?.card?.actions?.find(({ title }) => title === button);
  if (message === undefined || action === undefined) throw new Error(`${name} has no card with "${button}".`);
  const { type, verb, data } = action;
  const { kind } = await call<{ kind: string }>(`people/${key}/actions`, {
    activityId: message.id,
    action: { type, verb, data },
    inputs,
  });
  return kind;
}

/** Calls the product's own API as somebody; JSON, or text of the type given. */
export async function callApi(
  email: string,
  method: string,
  path: string,
  body?: object | string,
): Promise<{ status: number; body: any }> {
  const type = typeof body === "string" ? "text/csv" : "application/json";
  const headers = { authorization: `Bearer ${await server.tokenOf(email)}`, "content-type": type };
  const sent = body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) };
  const answer = await fetch(`${server.url}/api/v1/${path}`, { method, headers, ...sent });
  return { status: answer.status, body: await answer.json() };
}
