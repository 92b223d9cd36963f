import type { MeetingDetails } from "../../features/meetings/contract.ts";

type Invited = MeetingDetails["people"][number];

export interface AreaAnswers {
  readonly area: string;
  readonly invited: number;
  /** Who said yes and has a place. */
  readonly yes: number;
  /** Who said yes and waits for a place. */
  readonly waiting: number;
  readonly maybe: number;
  readonly no: number;
  /** Names, in the order of the alphabet; an answer from before the meeting was moved is none. */
  readonly unanswered: readonly string[];
}

/** Who was invited, by area in the order of the alphabet; people without an area come last. */
export function byArea(people: readonly Invited[]): AreaAnswers[] {
  const groups = [...Map.groupBy(people, ({ person }) => person.area)];
  return groups
    .sort(([a], [b]) => Number(a === null) - Number(b === null) || (a ?? "").localeCompare(b ?? "", "en-GB"))
    .map(([area, invited]) => {
      const answered = invited.filter(({ answer, isAskedAgain }) => answer !== null && !isAskedAgain);
      const count = (wanted: Invited["answer"]) => answered.filter(({ answer, isWaiting }) => answer === wanted && !isWaiting).length;
      return {
        area: area ?? "No area given",
        invited: invited.length,
        yes: count("yes"),
        waiting: answered.filter(({ isWaiting }) => isWaiting).length,
        maybe: count("maybe"),
        no: count("no"),
        unanswered: invited
          .filter((one) => !answered.includes(one))
          .map(({ person }) => person.name)
          .toSorted((a, b) => a.localeCompare(b, "en-GB")),
      };
    });
}
