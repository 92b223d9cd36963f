import type { UseInfiniteQueryResult } from "@tanstack/react-query";
import type { MeetingResource } from "../../features/meetings/contract.ts";
import { day } from "../parts/dates.ts";
import { More } from "../parts/more.tsx";
import { PageLink, Section } from "../parts/page.tsx";
import { Empty } from "../parts/states.tsx";
import { type Column, DataTable } from "../parts/table.tsx";

export interface EarlierProps {
  /** The latest first. */
  readonly meetings: readonly MeetingResource[];
  /** Where they come from, which may have more. */
  readonly list: UseInfiniteQueryResult;
  readonly leads: boolean;
}

/** The day, with what else tells one meeting from another. */
const when = (tellsTitles: boolean): Column<MeetingResource> => ({
  title: "Day",
  cell: ({ id, startsAt, zone, title, state }) => (
    <>
      <PageLink to={`meetings/${id}`}>{day(startsAt, { zone })}</PageLink>
      {tellsTitles && <div>{title}</div>}
      {state === "cancelled" && <div>Cancelled</div>}
    </>
  ),
  width: 11,
});

const wereThere: Column<MeetingResource> = {
  title: "Were there",
  cell: ({ attended, state }) => attended ?? (state === "held" ? "Not marked" : ""),
  isNumber: true,
  width: 5,
};

const answers: readonly Column<MeetingResource>[] = [
  { title: "Said yes", cell: ({ rsvps }) => rsvps.yes, isNumber: true, width: 5 },
  { title: "Maybe", cell: ({ rsvps }) => rsvps.maybe, isNumber: true, width: 4.5 },
  { title: "No", cell: ({ rsvps }) => rsvps.no, isNumber: true, width: 3.5 },
  { title: "No answer", cell: ({ rsvps }) => rsvps.none, isNumber: true, width: 5 },
  { title: "Invited", cell: ({ rsvps }) => rsvps.invited, isNumber: true, width: 5 },
];

/** Meetings that were held or cancelled, with how many said that they come and, for leads, how many were there. */
export function Earlier({ meetings, list, leads }: EarlierProps) {
  return (
    <Section title="Earlier">
      {meetings.length === 0 ? (
        <Empty>No meeting has been held yet.</Empty>
      ) : (
        <DataTable
          caption="Earlier meetings"
          rows={meetings}
          keyOf={({ id }) => id}
          columns={[when(new Set(meetings.map(({ title }) => title)).size > 1), ...(leads ? [wereThere] : []), ...answers]}
        />
      )}
      <More list={list} />
    </Section>
  );
}
