import { Fault } from "../../kernel/errors.ts";
import type { Instant } from "../../kernel/time.ts";
import type { Pause, SendRate } from "./ports.ts";

/** So often a moment that was missed is given up for another; then the request goes whenever it can. */
const furtherMoments = 2;

/**
 * Waits for the moment that was reserved for a request. One that was missed, as when the process stood still, is given up
 * for another: requests that all make up for lost moments at once would arrive bunched, and be refused. So is one that is
 * far off, as when the clock was set back since it was reserved.
 * @param conversation where the request goes, or null for one that opens a conversation
 * @param moment reserved already; a moment is reserved when it is left out
 */
export async function momentFor(
  { rate, pause }: { readonly rate: Pick<SendRate, "reserve">; readonly pause: Pause },
  conversation: string | null,
  moment?: Instant,
): Promise<void> {
  let at = moment ?? (await rate.reserve([conversation]))[0];
  for (let left = furtherMoments; at !== undefined; left -= 1) {
    if (left > 0 && pause.isFarOff?.(at) === true) {
      [at] = await rate.reserve([conversation]);
      continue;
    }
    await pause.until(at);
    if (left === 0 || pause.isMissed?.(at) !== true) return;
    [at] = await rate.reserve([conversation]);
  }
}

/** The moments of one card: the one for opening its chat is null where the chat is known. */
export interface Moments {
  readonly opening: Instant | null;
  readonly sending: Instant;
}

/** So many requests go between opening a chat and sending into it: a third of a second or more, which Teams needs to open it. */
const requestsBetween = 15;

/**
 * Reserves the moments of many cards at once, in their order. A new chat takes two: both are reserved now, so that the
 * first people have their cards while chats are opened for the last.
 * @param chats each card's conversation, or null where it has yet to be opened
 */
export async function momentsFor(rate: Pick<SendRate, "reserve">, chats: readonly (string | null)[]): Promise<readonly Moments[]> {
  const order = orderOf(chats.map((chat) => chat === null));
  const reserved = await rate.reserve(order.map(({ card }) => chats[card] ?? null));
  const at = (card: number, request: Request["request"]) => reserved[order.findIndex((one) => one.card === card && one.request === request)];
  return chats.map((chat, card) => {
    const sending = at(card, "send");
    if (sending === undefined) throw new Fault("unexpected-answer", "The send rate gave fewer moments than were asked for.");
    return { opening: (chat === null ? at(card, "open") : undefined) ?? null, sending };
  });
}

interface Request {
  readonly card: number;
  readonly request: "open" | "send";
}

/** The order in which cards' requests go; `areNew` says which of them need a chat first. */
export function orderOf(areNew: readonly boolean[]): readonly Request[] {
  const order: Request[] = [];
  const opened: number[] = [];
  areNew.forEach((isNew, card) => {
    order.push({ card, request: isNew ? "open" : "send" });
    if (isNew) opened.push(card);
    const next = opened.length > requestsBetween ? opened.shift() : undefined;
    if (next !== undefined) order.push({ card: next, request: "send" });
  });
  return [...order, ...opened.map((card) => ({ card, request: "send" as const }))];
}
