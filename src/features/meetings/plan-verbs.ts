import { z } from "zod";
import { type Actor, allow } from "../../kernel/actor.ts";
import { type BotCommand, type CardVerb, cardVerb, notYours, type Reply } from "../../kernel/bot.ts";
import { asId, type DeliveryId, type NetworkId } from "../../kernel/ids.ts";
import { dateIn, Temporal } from "../../kernel/time.ts";
import type { CardSource, Content, LinkWords } from "../deliveries/ports.ts";
import { bookingFaultInWords } from "./booking-words.ts";
import { bookSlot } from "./deciding.ts";
import { readSettings } from "./deps.ts";
import { planCard, planDoneCard, type PlanView } from "./plan-cards.ts";
import { planMeetings, type PlanningDeps } from "./planning.ts";
import { askingPollCard, pollCard } from "./poll-cards.ts";
import { answerPoll, askWhichSuit, loadPollViews } from "./polling.ts";
import { whenInWords } from "./words.ts";

const onDate = z.looseObject({ plannedOn: z.iso.date() });
const booking = onDate.extend({ slot: z.iso.datetime({ error: "Choose a date." }) });
const onDelivery = z.looseObject({ delivery: z.uuid().transform((text) => asId<DeliveryId>(text)) });
const answering = onDelivery.extend({ slots: z.string().default("") });

/** "plan meetings": what a lead decides about the next dates of the series. */
export function planCommands(deps: PlanningDeps): BotCommand[] {
  return [
    {
      words: ["plan meetings", "plan"],
      help: "book the next network meetings, or ask which dates suit",
      allow: allow.runners,
      async handle(actor) {
        const views = await planViews(deps, actor.network);
        if (views === null) return say("No series is set yet. Set the first meeting's date (firstOn) in the settings, then write “plan meetings” again.");
        if (views.length === 0) return say("The next meetings of the series are all booked.");
        return views.map((view): Reply => ({ kind: "card", card: planCard(deps.templates, view) }));
      },
    },
  ];
}

function say(text: string): Reply[] {
  return [{ kind: "text", text }];
}

/** The buttons of planning and of polls. */
export function planVerbs(deps: PlanningDeps): CardVerb[] {
  return [
    cardVerb<z.infer<typeof booking>>({
      verb: "meeting.book",
      allow: allow.runners,
      data: booking,
      handle: (actor, data) => book(deps, actor, Temporal.PlainDate.from(data.plannedOn), Temporal.Instant.from(data.slot)),
    }),
    cardVerb<z.infer<typeof onDate>>({
      verb: "meeting.ask",
      allow: allow.runners,
      data: onDate,
      handle: (actor, data) => ask(deps, actor, Temporal.PlainDate.from(data.plannedOn)),
    }),
    pollVerb(deps, "meeting.poll", ({ slots }) => slots.split(",").filter((text) => text !== "").map(Number)),
    pollVerb(deps, "meeting.pollNone", () => []),
    cardVerb<z.infer<typeof onDelivery>>({
      verb: "meeting.pollChange",
      allow: allow.everyone,
      data: onDelivery,
      about: (data) => data.delivery,
      async handle(actor, data) {
        const delivery = await deps.store.read(actor.network).deliveries.byId(data.delivery);
        if (delivery?.recipient !== actor.person || delivery.purpose !== "poll") return notYours;
        return pollReply(deps, actor, delivery.id, "ask");
      },
    }),
  ];
}

function pollVerb(deps: PlanningDeps, verb: string, slotsOf: (data: z.infer<typeof answering>) => number[]): CardVerb {
  return cardVerb<z.infer<typeof answering>>({
    verb,
    allow: allow.everyone,
    data: answering,
    about: (data) => data.delivery,
    async handle(actor, data) {
      const outcome = await answerPoll(deps, actor, data.delivery, slotsOf(data));
      return outcome.kind === "not-yours" ? notYours : pollReply(deps, actor, outcome.delivery.id, "present");
    },
  });
}

async function pollReply(deps: PlanningDeps, actor: Actor, id: DeliveryId, which: "ask" | "present"): Promise<Reply> {
  const read = deps.store.read(actor.network);
  const delivery = await read.deliveries.byId(id);
  const view = delivery === null ? undefined : (await loadPollViews(deps, actor.network, [delivery])).get(id);
  if (view === undefined) return notYours;
  const series = await readSettings(read.settings);
  const isAsking = which === "ask" && view.poll.closedAt === null;
  return { kind: "card", card: isAsking ? askingPollCard(deps.templates, view, series) : pollCard(deps.templates, view, series) };
}

async function book(deps: PlanningDeps, actor: Actor, plannedOn: Temporal.PlainDate, startsAt: Temporal.Instant): Promise<Reply> {
  const booked = await bookSlot(deps, actor, plannedOn, startsAt);
  if (!booked.ok) {
    const gone = "This date can't be booked any more. Write “plan meetings” to see what can.";
    return { kind: "refused", text: booked.why === "not-bookable" ? gone : bookingFaultInWords(booked) };
  }
  const read = deps.store.read(actor.network);
  const today = dateIn(booked.event.zone, deps.clock.now());
  const line = `Booked for ${whenInWords(booked.event, today)}. Invitations go out now; a card asks everybody whether they come, in time.`;
  return { kind: "card", card: planDoneCard(deps.templates, await read.roster.networkName(), booked.event.title, line) };
}

async function ask(deps: PlanningDeps, actor: Actor, plannedOn: Temporal.PlainDate): Promise<Reply> {
  const asked = await askWhichSuit(deps, actor, plannedOn);
  if (!asked.ok) {
    const text = {
      "not-open": "This date needs no asking any more. Write “plan meetings” to see what does.",
      "no-choice": "There is only one day that can be booked, so there is nothing to choose from.",
      asked: "Everybody has been asked about this date already. Write “plan meetings” to see what suits.",
    }[asked.why];
    return { kind: "refused", text };
  }
  const read = deps.store.read(actor.network);
  const { title } = await readSettings(read.settings);
  const line = `${asked.asked} people are asked which of ${asked.poll.slots.length} dates suit them. Write “plan meetings” to see the answers and book.`;
  return { kind: "card", card: planDoneCard(deps.templates, await read.roster.networkName(), title, line) };
}

async function planViews(deps: PlanningDeps, network: NetworkId): Promise<PlanView[] | null> {
  const plan = await planMeetings(deps, network);
  if (!plan.ok) return null;
  const read = deps.store.read(network);
  const settings = await readSettings(read.settings);
  const name = await read.roster.networkName();
  const polls = await read.polls.about(plan.proposals.map(({ plannedOn }) => plannedOn));
  return Promise.all(
    plan.proposals.map(async (proposal): Promise<PlanView> => {
      const poll = polls.get(proposal.plannedOn.toString());
      const asked = poll === undefined ? null : { poll, answers: await read.polls.answers(poll.id) };
      return { proposal, settings, network: name, today: dateIn(settings.zone, deps.clock.now()), asked };
    }),
  );
}

/** The cards of polls. */
export function pollCardSource(deps: PlanningDeps): CardSource {
  return {
    purpose: "poll",
    async render(network, deliveries, moment) {
      const series = await readSettings(deps.store.read(network).settings);
      const contents = new Map<DeliveryId, Content>();
      for (const [id, view] of await loadPollViews(deps, network, deliveries)) {
        const card = pollCard(deps.templates, view, series);
        const isOver = moment === "send" && view.poll.closedAt !== null;
        const link: LinkWords = {
          subject: `${series.title}: which dates suit you?`,
          lines: ["Your network looks for a date for its next meeting. Say which suit you; it takes a moment."],
          button: "Say which dates suit you",
          from: null,
          network: view.network,
          seenBy: "The network's leads see which dates suit how many, and not whom.",
          until: view.poll.slots[0]?.startsAt ?? view.now,
        };
        contents.set(id, isOver ? { kind: "skip", reason: "The date was booked before the card could go." } : { kind: "card", card, notification: link.subject, link });
      }
      return contents;
    },
  };
}
