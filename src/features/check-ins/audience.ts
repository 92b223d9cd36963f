import type { PersonId } from "../../kernel/ids.ts";
import { dateIn, dayInWords, type Instant, type LocalDate, Temporal } from "../../kernel/time.ts";
import { isWithinAWeek, type NewDelivery } from "../deliveries/model.ts";
import type { Absence } from "../deliveries/ports.ts";
import { isAway, type Person, type Team } from "../roster/model.ts";
import type { Round } from "./model.ts";
import { morningOf, weekAfter } from "./schedule.ts";
import type { CheckInSettings } from "./settings.ts";

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

/** Somebody's card about a team; it waits, or isn't sent, when it would be their second unasked message in a week. */
export function cardFor(
  input: Pick<AudienceInput, "round" | "settings" | "now" | "lastUnasked">,
  team: Pick<Team, "id">,
  recipient: Person,
): NewDelivery {
  return {
    occasion: input.round.id,
    purpose: "check-in",
    subject: team.id,
    recipient: recipient.id,
    unasked: true,
    ...weekApart(input, recipient),
  };
}

function cardsFor(input: AudienceInput, today: LocalDate, team: Team, manager: Person): NewDelivery[] {
  const card = (recipient: Person) => cardFor(input, team, recipient);
  if (!isAway(manager, today)) return [card(manager)];
  const until = manager.awayUntil === null ? "" : dayInWords(manager.awayUntil, today);
  const deputy = manager.deputy === null ? undefined : input.people.get(manager.deputy);
  if (deputy !== undefined && !isAway(deputy, today) && deputy.stoppedAt === null) {
    const reason = `Away until ${until}; ${deputy.name} has the card.`;
    return [{ ...card(manager), skip: true, reason, notBefore: null }, card(deputy)];
  }
  const absence = manager.awayUntil === null ? null : absenceOf(input.settings, manager.awayUntil, input.now);
  if (absence !== null && Temporal.Instant.compare(absence.until, input.round.closesAt) < 0) {
    return [{ ...card(manager), skip: false, reason: absence.reason, notBefore: absence.until }];
  }
  return [{ ...card(manager), skip: true, reason: `Away until ${until}, and no deputy can take the card.`, notBefore: null }];
}

/**
 * What becomes of cards that nobody asked for while somebody is away: they follow at the set time of the first working
 * day back. Null when they are back.
 * @param awayUntil the last day away
 */
export function absenceOf(settings: CheckInSettings, awayUntil: LocalDate, now: Instant): Absence | null {
  const today = dateIn(settings.zone, now);
  if (Temporal.PlainDate.compare(awayUntil, today) < 0) return null;
  const until = morningOf(settings, awayUntil.add({ days: 1 }));
  return { until, reason: `Away until ${dayInWords(awayUntil, today)}; the card follows then.` };
}

/** At most one unasked message a week: a card that would be the second waits, or isn't sent when the round closes first. */
function weekApart(
  { round, settings, now, lastUnasked }: Parameters<typeof cardFor>[0],
  person: Person,
): Pick<NewDelivery, "skip" | "reason" | "notBefore"> {
  const last = lastUnasked.get(person.id);
  if (last === undefined || !isWithinAWeek(last, now)) return { skip: false, reason: null, notBefore: null };
  const notBefore = weekAfter(settings, last);
  if (Temporal.Instant.compare(notBefore, round.closesAt) < 0) {
    return { skip: false, reason: "Had another message less than a week ago; the card follows.", notBefore };
  }
  const reason = "Had another message less than a week ago, and the round closes before the week is over.";
  return { skip: true, reason, notBefore: null };
}
