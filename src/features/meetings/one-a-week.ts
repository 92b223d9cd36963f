import type { PersonId } from "../../kernel/ids.ts";
import type { Instant } from "../../kernel/time.ts";
import { isWithinAWeek, type NewDelivery, type Purpose } from "../deliveries/model.ts";
import { cardAbout } from "./announcing.ts";
import type { MeetingStores } from "./ports.ts";

const aWeek = { hours: 7 * 24 };

/** Cards that nobody asked for: one that would be somebody's second in a week waits until the week is over. */
export async function aWeekApart(
  tx: MeetingStores,
  about: { readonly id: string },
  purpose: Purpose,
  people: readonly PersonId[],
  now: Instant,
): Promise<NewDelivery[]> {
  const last = await tx.deliveries.lastUnasked(people, now.subtract(aWeek), null);
  return people.map((person) => {
    const card = { ...cardAbout(about, purpose, person), unasked: true };
    const before = last.get(person);
    if (before === undefined || !isWithinAWeek(before, now)) return card;
    return { ...card, notBefore: before.add(aWeek), reason: "Had another message less than a week ago; the card follows." };
  });
}

/** Those of these people who neither had nor are about to get a message within a week that they didn't ask for. */
export async function withoutMessageThisWeek(tx: MeetingStores, people: readonly PersonId[], now: Instant): Promise<PersonId[]> {
  const last = await tx.deliveries.lastUnasked(people, now.subtract(aWeek), null);
  return people.filter((person) => {
    const before = last.get(person);
    return before === undefined || !isWithinAWeek(before, now);
  });
}
