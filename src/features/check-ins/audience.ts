import type { PersonId } from "../../kernel/ids.ts";
import { dateIn, dayInWords, type Instant, type LocalDate, momentOn, Temporal } from "../../kernel/time.ts";
import { nextWorkingDay } from "../../kernel/working-days.ts";
import type { NewDelivery } from "../deliveries/model.ts";
import type { Person, Team } from "../roster/model.ts";
import type { Round } from "./model.ts";
import { type CheckInSettings, daysBetweenMessages } from "./settings.ts";

export interface AudienceInput {
  readonly round: Pick<Round, "id" | "closesAt">;
  readonly teams: readonly Team[];
  readonly people: ReadonlyMap<PersonId, Person>;
  readonly settings: CheckInSettings;
  readonly now: Instant;
  /** When each person last got an unasked message of another occasion, if that was less than a week ago. */
  readonly lastUnasked: ReadonlyMap<PersonId, Instant>;
}

/** The cards of a round: one for each manager of each team, or for the deputy of one who is away. */
export function audienceOf(input: AudienceInput): NewDelivery[] {
  const today = dateIn(input.settings.zone, input.now);
  return input.teams.flatMap((team) =>
    team.managers.flatMap((id) => {
      const manager = input.people.get(id);
      return manager === undefined ? [] : cardsFor(input, today, team, manager);
    }),
  );
}

function cardsFor(input: AudienceInput, today: LocalDate, team: Team, manager: Person): NewDelivery[] {
  const card = (recipient: Person): NewDelivery => ({
    occasion: input.round.id,
    purpose: "check-in",
    subject: team.id,
    recipient: recipient.id,
    unasked: true,
    skip: false,
    ...weekApart(input, recipient),
  });
  if (!isAway(manager, today)) return [card(manager)];
  const until = manager.awayUntil === null ? "" : dayInWords(manager.awayUntil, today);
  const deputy = manager.deputy === null ? undefined : input.people.get(manager.deputy);
  if (deputy !== undefined && !isAway(deputy, today) && deputy.stoppedAt === null) {
    const reason = `Away until ${until}; ${deputy.name} has the card.`;
    return [{ ...card(manager), skip: true, reason, notBefore: null }, card(deputy)];
  }
  const back = firstMorningBack(input.settings, manager);
  if (back !== null && Temporal.Instant.compare(back, input.round.closesAt) < 0) {
    return [{ ...card(manager), reason: `Away until ${until}; the card follows then.`, notBefore: back }];
  }
  return [{ ...card(manager), skip: true, reason: `Away until ${until}, and no deputy can take the card.`, notBefore: null }];
}

/** True on every day up to and including the last one away. */
export function isAway(person: Person, today: LocalDate): boolean {
  return person.awayUntil !== null && Temporal.PlainDate.compare(person.awayUntil, today) >= 0;
}

function firstMorningBack(settings: CheckInSettings, person: Person): Instant | null {
  if (person.awayUntil === null) return null;
  const day = nextWorkingDay(person.awayUntil.add({ days: 1 }), settings.holidayOverrides);
  return momentOn(day, settings.time, settings.zone);
}

/** At most one unasked message a week: a card that would be the second waits. */
function weekApart(input: AudienceInput, person: Person): Pick<NewDelivery, "reason" | "notBefore"> {
  const last = input.lastUnasked.get(person.id);
  if (last === undefined) return { reason: null, notBefore: null };
  const day = dateIn(input.settings.zone, last).add({ days: daysBetweenMessages });
  const notBefore = momentOn(nextWorkingDay(day, input.settings.holidayOverrides), input.settings.time, input.settings.zone);
  if (Temporal.Instant.compare(notBefore, input.now) <= 0) return { reason: null, notBefore: null };
  return { reason: "Had another message less than a week ago; the card follows.", notBefore };
}
