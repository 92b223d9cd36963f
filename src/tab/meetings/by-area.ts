import type { MeetingDetails } from "../../features/meetings/contract.ts";

type Invited = MeetingDetails["people"][number];

export interface AreaAnswers {
  readonly area: string;
  readonly invited: number;
  readonly yes: number;
  readonly maybe: number;
  readonly no: number;
  /** Names, in the order of the alphabet. */
  readonly unanswered: readonly string[];
}

/** Who was invited, by area in the order of the alphabet; people without an area come last. */
export function byArea(people: readonly Invited[]): AreaAnswers[] {
  const groups = [...Map.groupBy(people, ({ person }) => person.area)];
  return groups
    .sort(([a], [b]) => Number(a === null) - Number(b === null) || (a ?? "").localeCompare(b ?? "", "en-GB"))
    .map(([area, invited]) => {
      const count = (wanted: Invited["answer"]) => invited.filter(({ answer }) => answer === wanted).length;
      return {
        area: area ?? "No area given",
        invited: invited.length,
        yes: count("yes"),
        maybe: count("maybe"),
        no: count("no"),
        unanswered: invited
          .filter(({ answer, isAskedAgain }) => answer === null || isAskedAgain)
          .map(({ person }) => person.name)
          .toSorted((a, b) => a.localeCompare(b, "en-GB")),
      };
    });
}
