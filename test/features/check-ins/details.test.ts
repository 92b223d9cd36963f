import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { Answers } from "../../../src/features/check-ins/answers.ts";
import { type CombinedDetails, combinedDetails } from "../../../src/features/check-ins/combined-details.ts";
import type { PlacedTeam } from "../../../src/features/check-ins/combine.ts";
import { Details } from "../../../src/features/check-ins/contract.ts";
import { detailsOf, type TeamCards } from "../../../src/features/check-ins/details.ts";
import type { PastDetails, Round } from "../../../src/features/check-ins/model.ts";
import { asId, newId, type PersonId, type RoundId, type TeamId } from "../../../src/kernel/ids.ts";
import { Temporal } from "../../../src/kernel/time.ts";

const day = (text: string) => Temporal.PlainDate.from(text);
const moment = Temporal.Instant.from("2026-05-19T08:30:00Z");
const themes = ["referrals", "workforce", "pressures"] as const;
const first = day("2026-01-06");

/** The rounds of a network, six weeks apart, the themes in turn. */
const roundAt = (index: number): Round => ({
  id: asId<RoundId>(`round ${index}`),
  opensOn: first.add({ weeks: 6 * index }),
  ...{ openedAt: moment, closesAt: moment, closedAt: moment, questionSet: "2026-11", guides: {} },
  theme: themes[index % 3] ?? "",
});

const cardIn = (round: number, answers: Answers): PastDetails => {
  const { id, opensOn, questionSet, theme } = roundAt(round);
  const from = opensOn.subtract({ weeks: 6 });
  return { round: id, team: newId<TeamId>(), person: newId<PersonId>(), answers, submittedAt: moment, opensOn, periodFrom: from, questionSet, theme };
};

const teamOf = (team: string, organisation: string | null = `Employer ${team}`): PlacedTeam => ({ team, organisation, area: null, place: null });
const cards = (team: string, ...given: readonly PastDetails[]): TeamCards => ({ team: teamOf(team), cards: given });
const nothing: CombinedDetails = { details: null, behind: {} };

/** What is shown after each of these rounds, given what each team (by letter) answered in it. */
function shownAfter(rounds: readonly { readonly round: number; readonly said: Readonly<Record<string, Answers>> }[], employer?: (team: string) => string | null) {
  const letters = [...new Set(rounds.flatMap(({ said }) => Object.keys(said)))];
  const results: CombinedDetails[] = [];
  for (const { round } of rounds) {
    const teams = letters.map((team) => ({
      team: teamOf(team, employer === undefined ? `Employer ${team}` : employer(team)),
      // Later rounds too: they mustn't count.
      cards: rounds.flatMap(({ round: at, said }) => (said[team] === undefined ? [] : [cardIn(at, said[team])])),
    }));
    results.push(combinedDetails(roundAt(round), teams, results.at(-1) ?? nothing));
  }
  return results.map(({ details }) => details);
}

/** The question whose answers a figure tells apart, the teams that it is about, and how many gave which. */
function partsOf(figure: string, those: readonly string[], { details, behind }: CombinedDetails): [string, readonly string[], (readonly [string, number])[]] {
  const reasons = details?.referrals?.reasons.map(({ reason, teams }) => [reason, teams] as const) ?? [];
  if (figure === "referrals") return ["mainReason", behind["reasons"]?.at(-1)?.teams ?? [], reasons];
  if (figure === "pressures") return [figure, those, details?.pressures?.items.map(({ pressure, teams }) => [pressure, teams] as const) ?? []];
  if (figure === "supervision") return [figure, those, details?.supervision?.answers.map(({ answer, teams }) => [answer, teams] as const) ?? []];
  return [figure, those, []];
}

const everybody = (letters: string, answers: (index: number) => Answers) =>
  Object.fromEntries([...letters].map((letter, index) => [letter, answers(index)]));

describe("what teams said on the second cards", () => {
  it("is each team's latest answer to each question, with the days that it is about", () => {
    const details = detailsOf([
      cards("a", cardIn(0, { neededAnotherService: 4, mainReason: "clinical", intakePaused: true }), cardIn(3, { neededAnotherService: 2, mainReason: "crisis" })),
      cards("b", cardIn(0, { neededAnotherService: 5, mainReason: "clinical", intakePaused: false }), cardIn(1, { vacancies: 0.5, contractsEnding: 0.25 })),
      cards("c", cardIn(1, { vacancies: 0.1, contractsEnding: 0, staffWhoLeft: 0, supervision: "some" }), cardIn(3, {})),
      cards("d"),
    ]);
    expect(details).toEqual({
      referrals: {
        ...{ teams: 2, count: 7, from: "2025-11-25", to: "2026-05-12", words: "2 teams, 25 November 2025 to 12 May 2026" },
        reasons: [
          { reason: "clinical", words: "Needed clinical or specialist mental health care", teams: 1 },
          { reason: "crisis", words: "In crisis, or needed help sooner", teams: 1 },
        ],
      },
      intakePaused: { teams: 1, of: 2, from: "2025-11-25", to: "2026-01-06", words: "2 teams, 25 November 2025 to 6 January 2026" },
      vacancies: { teams: 2, wte: 0.6, from: "2026-02-17", to: "2026-02-17", words: "2 teams, 17 February 2026" },
      staffWhoLeft: { teams: 1, count: 0, from: "2026-01-06", to: "2026-02-17", words: "1 team, 6 January to 17 February 2026" },
      contractsEnding: { teams: 2, wte: 0.25, from: "2026-02-17", to: "2026-02-17", words: "2 teams, 17 February 2026" },
      supervision: { teams: 1, answers: [{ answer: "some", words: "Some", teams: 1 }], from: "2026-02-17", to: "2026-02-17", words: "1 team, 17 February 2026" },
      pressures: null,
      appointmentsLongEnough: null,
    });
    expect(Details.parse(details)).toEqual(details);
  });

  it("takes a blank for “don't know”, and no reason from where there were no referrals", () => {
    expect([detailsOf([]), detailsOf([cards("a", cardIn(2, {}), cardIn(2, { note: "Busy." }))])]).toEqual([null, null]);
    const details = detailsOf([cards("a", cardIn(0, { neededAnotherService: 0, mainReason: "crisis" })), cards("b", cardIn(0, { mainReason: "crisis" }))]);
    expect(details?.referrals).toMatchObject({ teams: 1, count: 0, reasons: [] });
  });

  it("counts each pressure that a team names, the commonest first", () => {
    const details = detailsOf([
      cards("a", cardIn(2, { pressures: ["housing", "debt"], appointmentsLongEnough: false })),
      cards("b", cardIn(2, { pressures: ["debt"], appointmentsLongEnough: true })),
    ]);
    expect(details?.pressures).toMatchObject({ teams: 2, items: [{ pressure: "debt", words: "Debt", teams: 2 }, { pressure: "housing", teams: 1 }] });
    expect(details?.appointmentsLongEnough).toMatchObject({ teams: 1, of: 2 });
  });
});

describe("what people outside the leads see of it", () => {
  it("stands on three teams of two employers, and stays until its theme is asked again or half a year is over", () => {
    const said = everybody("abcdef", (index) => ({ neededAnotherService: index }));
    const vacancies = everybody("ab", () => ({ vacancies: 1 }));
    const none = (round: number) => ({ round, said: {} });
    const after = shownAfter([{ round: 0, said }, { round: 1, said: vacancies }, none(2), none(4)]);
    expect(after.map((one) => one?.referrals?.count)).toEqual([15, 15, 15, 15]);
    expect(after.map((one) => one?.vacancies)).toEqual([null, null, null, null]);
    expect(shownAfter([{ round: 0, said }, none(5)]).at(-1)).toBeNull();
    expect(shownAfter([{ round: 0, said }, none(3)]).at(-1)).toBeNull();
    expect(shownAfter([{ round: 0, said }], () => "One trust")).toEqual([null]);
  });

  it("tells those who say yes from those who say no only where both have company", () => {
    const paused = (yes: number) => shownAfter([{ round: 0, said: everybody("abcdefg", (index) => ({ intakePaused: index < yes })) }])[0];
    expect([0, 1, 2, 3, 4, 5, 7].map((yes) => paused(yes)?.intakePaused?.teams ?? null)).toEqual([null, null, null, 3, 4, null, null]);
  });

  it("puts reasons that too few name together, and withholds them where everybody names the same", () => {
    const reasons = (given: string) =>
      shownAfter([{ round: 0, said: everybody("abcdefgh".slice(0, given.length), (index) => ({ neededAnotherService: 1, mainReason: { c: "clinical", s: "social-care", x: "crisis", o: "other" }[given[index] ?? ""] ?? "" })) }])[0]
        ?.referrals?.reasons.map(({ words, teams }) => `${teams} ${words}`);
    expect(reasons("cccsssxx")).toEqual(["3 Needed clinical or specialist mental health care", "5 Other reasons"]);
    expect(reasons("cccsss")).toEqual(["3 Needed clinical or specialist mental health care", "3 Needed social care"]);
    expect(reasons("cccooo")).toEqual(["3 Needed clinical or specialist mental health care", "3 Another reason"]);
    expect(reasons("cccccxos")).toEqual(["5 Needed clinical or specialist mental health care", "3 Other reasons"]);
    expect([reasons("cccc"), reasons("cccx")]).toEqual([[], []]);
  });

  it("shows no pressure that too few name, or that too few don't", () => {
    const given = [["housing", "debt"], ["housing", "debt"], ["housing", "debt", "immigration"], ["housing"], ["housing", "safeguarding"], ["housing", "food-fuel"], ["housing"]];
    const [after] = shownAfter([{ round: 2, said: everybody("abcdefg", (index) => ({ pressures: given[index] ?? [] })) }]);
    expect(after?.pressures).toMatchObject({ teams: 7, items: [{ words: "Debt", teams: 3 }, { words: "Other pressures", teams: 3 }] });
    expect(after?.pressures?.items).toHaveLength(2);
  });

  it("leaves nobody to be found by comparing with an earlier round", () => {
    const wte = everybody("abcdefgh", () => ({ vacancies: 1 }));
    const without = (given: Readonly<Record<string, Answers>>) => Object.fromEntries(Object.entries(given).filter(([team]) => team !== "a"));
    const sums = (...given: Readonly<Record<string, Answers>>[]) =>
      shownAfter(given.map((said, index) => ({ round: 1 + 3 * index, said }))).map((one) => one?.vacancies?.wte ?? null);
    expect(sums(wte, wte)).toEqual([8, 8]);
    // One fell silent: what it said would be the difference.
    expect(sums(wte, without(wte))).toEqual([8, null]);
    // One is new: the others still show without it.
    expect(sums(without(wte), wte)).toEqual([7, 7]);
    // Nor does leaving a round out help.
    expect(sums(wte, without(wte), wte, without(wte))).toEqual([8, null, 8, null]);
    // Three who join or fall silent together aren't told apart.
    expect(sums(wte, everybody("abcdefghijk", () => ({ vacancies: 1 })))).toEqual([8, 11]);
  });

  it("gives away nothing about too few, in one round or between any two of a year", () => {
    const letters = [..."abcdefghij"];
    const answers = fc.record(
      {
        neededAnotherService: fc.nat(3),
        mainReason: fc.constantFrom("clinical", "crisis", "social-care", "other"),
        intakePaused: fc.boolean(),
        vacancies: fc.nat(2),
        supervision: fc.constantFrom("everyone", "some", "nobody"),
        pressures: fc.uniqueArray(fc.constantFrom("housing", "debt", "other"), { minLength: 1 }),
        appointmentsLongEnough: fc.boolean(),
      },
      { requiredKeys: [] },
    );
    const round = fc.dictionary(fc.constantFrom(...letters), answers, { minKeys: 4, maxKeys: 10, size: "max" });
    const employers = fc.array(fc.constantFrom("One", "Two", null), { minLength: 10, maxLength: 10 });
    fc.assert(
      fc.property(fc.array(round, { minLength: 1, maxLength: 3 }), fc.nat(2), employers, (given, theme, of) => {
        const employer = (team: string) => of[letters.indexOf(team)] ?? null;
        const passes = (teams: readonly string[]) => teams.length >= 3 && new Set(teams.flatMap((team) => employer(team) ?? [])).size >= 2;
        const rounds = given.map((said, index) => ({ round: theme + 3 * index, said }));
        const questions = { vacancies: "vacancies", referrals: "neededAnotherService", intakePaused: "intakePaused", appointmentsLongEnough: "appointmentsLongEnough", supervision: "supervision", pressures: "pressures" } as const;
        const teams = letters.map((team) => ({ team: teamOf(team, employer(team)), cards: rounds.flatMap(({ round: at, said }) => (said[team] === undefined ? [] : [cardIn(at, said[team])])) }));
        let now = nothing;
        const seen = new Map<string, string[][]>();
        for (const { round: at, said } of rounds) {
          now = combinedDetails(roundAt(at), teams, now);
          for (const [figure, question] of Object.entries(questions)) {
            const shown = now.details?.[figure as keyof Details] ?? null;
            if (shown === null || shown.to !== roundAt(at).opensOn.toString()) continue;
            const those = now.behind[figure]?.at(-1)?.teams ?? [];
            const answersOf = (team: string): Answers => said[team] ?? {};
            const valueOf = (team: string) => answersOf(team)[question];
            expect(those.length).toBe("of" in shown ? shown.of : shown.teams);
            expect([passes(those), those.every((team) => valueOf(team) !== undefined)]).toEqual([true, true]);
            for (const earlier of seen.get(figure) ?? []) {
              for (const [one, other] of [[those, earlier], [earlier, those]] as const) {
                const rest = one.filter((team) => !other.includes(team));
                expect(rest.length === 0 || passes(rest)).toBe(true);
              }
            }
            seen.set(figure, [...(seen.get(figure) ?? []), those]);
            if ("of" in shown) {
              const yes = those.filter((team) => valueOf(team) === true);
              expect([yes.length, passes(yes), passes(those.filter((team) => !yes.includes(team)))]).toEqual([shown.teams, true, true]);
            }
            if ("wte" in shown) expect(shown.wte).toBe(those.reduce((sum, team) => sum + Number(valueOf(team)), 0));
            // Whatever stands under a name of its own, and what is left of the others.
            const [name, all, parts] = partsOf(figure, those, now);
            for (const [value, n] of parts) {
              const who = all.filter((team) => [answersOf(team)[name]].flat().includes(value));
              expect(n).toBeGreaterThanOrEqual(3);
              if (value !== "other") expect([who.length, passes(who), passes(all.filter((team) => !who.includes(team)))]).toEqual([n, true, true]);
            }
            if (figure === "referrals" && parts.length > 0) {
              const silent = those.filter((team) => !all.includes(team));
              expect(silent.length === 0 || passes(silent)).toBe(true);
              expect(parts.reduce((sum, [, n]) => sum + n, 0)).toBe(all.length);
            }
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});
