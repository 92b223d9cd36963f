import type { Person } from "../../src/features/roster/model.ts";
import type { Wave } from "../../src/features/pulse/model.ts";
import type { Actor } from "../../src/kernel/actor.ts";
import type { DeliveryId } from "../../src/kernel/ids.ts";
import type { CardInChat, LookedCard } from "../app/card-in-chat.ts";
import { type LinkedCard, linkPage, tokenIn } from "../app/link-page.ts";
import type { TestApp } from "../app/test-app.ts";
import { ManualClock } from "../fakes/manual-clock.ts";
import type { Vector } from "./evidence.ts";
import { answersFrom, type Plan } from "./plan.ts";
import { type Random, shuffled } from "./random.ts";
import type { Way } from "./survey.ts";

/** When reminders of the first and of the second wave go. */
const reminders = ["2026-12-01T09:31", "2026-12-23T09:31"] as const;

/** Has people answer, one after the other, and gives what each said; some skip it, or want to be reminded. */
export async function answer(
  plan: Plan,
  app: TestApp,
  way: Way,
  nth: number,
  wave: Wave,
  random: Random,
  said: Map<string, Vector>,
): Promise<Map<string, Vector>> {
  const read = app.store.read(app.network);
  const deliveries = new Map((await read.deliveries.ofOccasion(wave.id, "pulse")).map((one) => [one.recipient, one]));
  const byEmail = new Map((await read.roster.people()).map((person) => [person.email, person]));
  const asked = plan.rosters[nth]!.flatMap(({ email }) => byEmail.get(email ?? "") ?? []).filter(({ id }) => deliveries.has(id));
  const willing = willingOf(plan, asked, random);
  const inOrder = plan.order === "roster" ? willing : shuffled(random, willing);
  const unwilling = asked.filter((person) => !willing.includes(person));
  for (const [place, person] of unwilling.slice(0, 4).entries()) {
    const verb = ["pulse.notNow", "pulse.skip", "pulse.remindTomorrow", "pulse.open"][place]!;
    await way.press(actorOf(person), verb, { delivery: deliveries.get(person.id)!.id });
  }
  const truth = new Map<string, Vector>();
  for (const [place, person] of inOrder.entries()) {
    if (place === Math.floor(inOrder.length / 2)) await app.moveTo(reminders[nth]!);
    const wait = plan.order === "half a day each" ? { minutes: 40 } : { seconds: 5 };
    moveBy(app, wait);
    const vector = (random() < plan.stability ? said.get(person.id) : undefined) ?? answersFrom(random, wave.instrument, plan.terse);
    const { id, channel } = deliveries.get(person.id)!;
    await send(app, way, person, { id, channel, isOverTeams: place < plan.overTeams }, vector);
    truth.set(person.id, vector);
    said.set(person.id, vector);
  }
  const taken = await read.pulse.sentCount(wave.id);
  if (taken !== truth.size) throw new Error(`${truth.size} people answered, ${taken} are noted.`);
  return truth;
}

/** Who answers: of each area alike, or nearly nobody outside the largest one. */
function willingOf({ rate, quiet }: Plan, asked: readonly Person[], random: Random): Person[] {
  const willing = asked.filter(() => random() < rate);
  if (quiet === null) return willing;
  const largestFirst = [...Map.groupBy(willing, ({ area }) => area).values()].sort((a, b) => b.length - a.length);
  return largestFirst.flatMap((some, place) => (place === 0 ? some : some.slice(0, quiet)));
}

const title = "How is work for you?";

/** Time passes, without anything that comes due on the way. */
function moveBy({ clock }: TestApp, wait: { readonly minutes: number } | { readonly seconds: number }): void {
  if (clock instanceof ManualClock) clock.moveTo(clock.now().add(wait));
}

interface Channel {
  readonly id: DeliveryId;
  readonly channel: string;
  readonly isOverTeams: boolean;
}

async function send(app: TestApp, way: Way, person: Person, { id, channel, isOverTeams }: Channel, vector: Vector): Promise<void> {
  const typed = Object.fromEntries(Object.entries(vector).map(([item, place]) => [item, String(place)]));
  const card = await cardOf(app, person, channel, isOverTeams);
  // Whoever had another message this week gets the card later; their answer goes straight into the application.
  if (card?.buttons.includes("Send") === true) await card.press("Send", typed);
  else await way.press(actorOf(person), "pulse.submit", { delivery: id, ...typed });
}

async function cardOf(app: TestApp, { email }: Person, channel: string, isOverTeams: boolean): Promise<CardInChat | LinkedCard | null> {
  const hasSend = ({ buttons }: LookedCard) => buttons.includes("Send");
  if (channel === "teams") return isOverTeams ? ((await app.cards(email)).filter(hasSend).findLast(isPulse) ?? null) : null;
  const mail = app.inbox(email).findLast(({ text }) => text?.includes(title));
  return mail === undefined ? null : linkPage(app.url, tokenIn(mail), app.settle).card();
}

const isPulse = ({ text }: LookedCard) => text.includes(title);

function actorOf({ network, id, name, role }: Person): Actor {
  return { network, person: id, name, role, scope: null, managesTeams: role === "manager" };
}
