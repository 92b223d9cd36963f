import { until } from "../support/until.ts";
import { organiserKey } from "./rehearsal-page-calendar.ts";
import { server } from "./tab-driver.ts";

/* What the tab's deeds come to in Teams and in calendars: Rehearsal's own view of them, asked for without its page. */

/** Milliseconds between two looks. */
const every = 250;

interface Entry {
  readonly subject: string;
  readonly startsAt: string;
  readonly isCancelled: boolean;
}

async function rehearsal(path: string, body?: object): Promise<any> {
  const init = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
  return (await fetch(`${server.url}/rehearsal/api/${path}`, init)).json();
}

/** The key by which Rehearsal knows somebody. */
async function keyOf(email: string): Promise<string> {
  const { items } = await rehearsal("people");
  return items.find((person: { email: string }) => person.email === email).key;
}

/** Waits until somebody's chat holds a card that says all of this. */
export async function untilCard(email: string, ...says: readonly string[]): Promise<void> {
  const key = await keyOf(email);
  const has = async () => {
    const { messages } = await rehearsal(`people/${key}/chat?peek=true`);
    return messages.some(({ card }: { card: object | null }) => says.every((text) => JSON.stringify(card).includes(text)));
  };
  await until(has, `a card that says ${says.join(" and ")}`, every);
}

/** Writes to the bot as somebody. */
export const say = async (email: string, text: string): Promise<unknown> => rehearsal(`people/${await keyOf(email)}/messages`, { text });

/** Waits until the organiser's calendar has as many entries like this as are wanted, one unless told otherwise. */
export async function untilInCalendar(isLike: (entry: Entry) => boolean, wanted = 1): Promise<void> {
  const has = async () => {
    const { items }: { items: readonly Entry[] } = await rehearsal(`people/${organiserKey}/calendar`);
    return items.filter(isLike).length === wanted;
  };
  await until(has, "the organiser's calendar to follow", every);
}
