import { goAway } from "../../features/check-ins/away.ts";
import { Temporal } from "../../kernel/time.ts";
import type { StandIns } from "../stand-ins.ts";
import type { DemoDates } from "./dates.ts";
import { dayOf, workingDaysFrom } from "./moments.ts";
import type { Timeline } from "./timeline.ts";
import { actorWith, type World, wrong } from "./world.ts";

/** What goes other than planned around the round that is open, and to whom. */
const away = "omar.el-sayed@birchsilver.example.org";
const stopped = "jack.thistlewood@foxgallow.example.com";
const blocked = "nasreen.begum@saltmarrow.example.org";
/** Cards that Teams gives no clear answer to. */
const lost = ["meera.pillai@millracer.example.net", "kwabena.asante@kestrelmoor.example.org"];
/** Who answers the next meeting's invitation in Outlook, and how. */
const inOutlook = {
  "esi.boateng@foxgallow.example.com": "accept",
  "harpreet.gill@hernemere.example.org": "accept",
  "sophie.latimer@wandlefern.example.org": "tentativelyAccept",
  "dwayne.pryce@saltmarrow.example.org": "decline",
} as const;

/** Adds what goes wrong: somebody away, somebody who said stop, a blocked bot, lost cards; and answers from Outlook. */
export function planIncidents(
  timeline: Timeline<World>,
  { openings, today }: Pick<DemoDates, "openings"> & Pick<World, "today">,
  standIns: StandIns,
): void {
  const opensAt = openings.at(-1)?.opensAt;
  if (opensAt === undefined) return;
  timeline.add(workingDaysFrom(opensAt, -3, 12), stop);
  timeline.add(workingDaysFrom(opensAt, -2, 16), leave);
  timeline.add(workingDaysFrom(opensAt, -1, 12), (world) => spoil(world, standIns));
  const answered = workingDaysFrom(opensAt, 2, 13);
  timeline.add(Temporal.Instant.compare(answered, today) < 0 ? answered : opensAt, (world) => answerInOutlook(world, standIns));
}

async function stop(world: World): Promise<void> {
  const { id } = await personOf(world, stopped);
  await world.store.transaction(world.network, ({ roster }) => roster.setStopped(id, world.clock.now()));
}

async function leave(world: World): Promise<void> {
  const { id } = await personOf(world, away);
  const reply = await goAway(world.features.checkIns, actorWith(world, id), dayOf(world.today).add({ days: 9 }));
  if (reply.kind === "refused") throw wrong("nobody can go away");
}

async function spoil(world: World, { connector }: StandIns): Promise<void> {
  await connector.client(await accountOf(world, blocked)).block();
  for (const email of lost) {
    const account = await accountOf(world, email);
    const match = (request: { readonly kind: string; readonly person?: string }) =>
      request.kind === "send" && request.person === account;
    connector.faults.add({ match, respond: { status: 500, afterDelivery: true }, times: 1 });
  }
}

async function answerInOutlook({ store, network, clock, settle }: World, { graph }: StandIns): Promise<void> {
  const [next] = await store.read(network).events.upcoming(clock.now());
  for (const [email, how] of Object.entries(inOutlook)) await graph.respond(email, next?.calendar.iCalUid ?? "", how);
  await graph.settleResponses();
  await settle();
}

async function personOf({ store, network }: Pick<World, "store" | "network">, email: string) {
  const person = await store.read(network).roster.personByEmail(email);
  if (person === null) throw wrong(`nobody in its roster has the e-mail ${email}`);
  return person;
}

async function accountOf(world: World, email: string): Promise<string> {
  const { id } = await personOf(world, email);
  const identity = await world.store.read(world.network).roster.identityOf(id);
  if (identity === null) throw wrong(`${email} has no account`);
  return identity.objectId;
}
