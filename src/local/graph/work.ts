import type { CalendarStore } from "./calendar-store.ts";
import { newDoing, type Doing, type Touch } from "./doing.ts";
import type { AddressBook } from "./mailboxes.ts";
import type { Mails } from "./mails.ts";
import { settleAnswers } from "./responses.ts";

/** Something that changed, for live views. `person` is null for what concerns nobody in the directory. */
export interface GraphChange {
  readonly person: string | null;
  readonly what: "mail" | "calendar" | "traffic";
  /** The mail's id, where one came. */
  readonly id?: string;
}

/** How requests, and what people do by themselves, begin and end: what is due is done first, and all is told after. */
export function createWork(parts: {
  readonly store: CalendarStore;
  readonly mails: Mails;
  readonly book: () => Promise<AddressBook>;
  readonly now: () => number;
  readonly tell: (touches: readonly Touch[]) => void;
}) {
  const { store, mails, book, now, tell } = parts;
  const listeners = new Set<(change: GraphChange) => void>();
  let timer: NodeJS.Timeout | undefined;

  function changed(change: GraphChange): void {
    for (const listener of listeners) listener(change);
  }

  function touched(touches: readonly Touch[], who: AddressBook): void {
    tell(touches);
    const people = new Set(touches.map(({ mailbox }) => who.personAt(mailbox)?.objectId ?? null));
    for (const person of people) changed({ person, what: "calendar" });
  }

  /** Lets answers reach their organisers that are due by `at`. */
  async function settle(at: number): Promise<void> {
    if (!store.meetings().some(({ underWay }) => underWay.some(({ due }) => due <= at))) return;
    const who = await book();
    touched(settleAnswers(store, at), who);
  }

  /** Comes back when the next answer is due, for those who wait without asking. */
  function watch(): void {
    const next = Math.min(...store.meetings().flatMap(({ underWay }) => underWay.map(({ due }) => due)));
    if (timer !== undefined || !Number.isFinite(next)) return;
    const due = () => {
      timer = undefined;
      // A clock that a test moves by hand may stand still: then the next request settles what is due. And while local
      // mode stops, nobody can be asked who is who.
      settle(now()).then(
        () => (next <= now() ? watch() : undefined),
        () => undefined,
      );
    };
    // A little late, because timers count less exactly than clocks.
    timer = setTimeout(due, Math.max(1, next - now() + 10));
    timer.unref();
  }

  watch();
  return {
    changed,
    settle,
    async begin(): Promise<Doing> {
      const who = await book();
      const at = now();
      touched(settleAnswers(store, at), who);
      return newDoing({ store, book: who, at, mails });
    },
    finish({ book: who, mailed, touched: touches }: Doing): void {
      for (const { id, to } of mailed) {
        changed({ person: who.personAt(to.address)?.objectId ?? null, what: "mail", id });
      }
      touched(touches, who);
      watch();
    },
    onChange(listener: (change: GraphChange) => void): () => void {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    stop(): void {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
