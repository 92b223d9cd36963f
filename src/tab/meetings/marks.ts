import type { ChangeBody, MeetingDetails } from "../../features/meetings/contract.ts";

type Invited = MeetingDetails["people"][number];

/** What was ticked or unticked, by a person's id. */
export type Marks = ReadonlyMap<string, boolean>;

/** Whether somebody counts as there; whoever hasn't been marked doesn't. */
export function wasThere({ person, attended }: Invited, marks: Marks): boolean {
  return marks.get(person.id) ?? attended ?? false;
}

/**
 * What is to be sent: only what differs. A mark needs an answer to stand beside, so whoever gave none and wasn't there
 * stays without either.
 */
export function changesOf(people: readonly Invited[], marks: Marks): NonNullable<ChangeBody["attended"]> {
  return people
    .filter((one) => wasThere(one, marks) !== (one.attended ?? false))
    .map((one) => ({ person: one.person.id, attended: wasThere(one, marks) }));
}
