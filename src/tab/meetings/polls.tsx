import { Button, Text } from "@fluentui/react-components";
import { MeetingDetails, PollList, type PollResource } from "../../features/meetings/contract.ts";
import { useRead, useSend } from "../api/use-api.ts";
import { Confirm } from "../parts/confirm.tsx";
import { day } from "../parts/dates.ts";
import { DeliveryBar } from "../parts/delivery-bar.tsx";
import { Section } from "../parts/page.tsx";
import { Read } from "../parts/states.tsx";
import { DataTable } from "../parts/table.tsx";

/** Polls on dates that are open, with the button that books what most can do; nothing while there is none. */
export function Polls() {
  const polls = useRead("meetings/polls", PollList, { every: 15_000 });
  return (
    <Read of={polls} loading={<></>}>
      {({ items }) => items.map((poll) => <Poll key={poll.id} poll={poll} />)}
    </Read>
  );
}

function Poll({ poll }: { readonly poll: PollResource }) {
  const send = useSend<MeetingDetails>(["meetings", "overview"]);
  const book = (startsAt: string) =>
    send.mutateAsync({ path: `meetings/polls/${poll.id}/decide`, body: { slot: startsAt }, schema: MeetingDetails });
  return (
    <Section title={`Poll on the meeting planned for ${day(poll.plannedOn)}`}>
      <DeliveryBar counts={poll.deliveries} />
      <Text>
        {poll.answered} have answered{poll.none === 0 ? "" : `; none of the dates suits ${poll.none}`}.
      </Text>
      <DataTable
        caption="Dates of the poll"
        rows={poll.slots}
        keyOf={({ startsAt }) => startsAt}
        columns={[
          { title: "Date", cell: ({ words }) => words, width: 18 },
          { title: "Suits", cell: ({ suits }) => `${suits} of ${poll.answered}`, isNumber: true, width: 7 },
          {
            title: "Book",
            width: 8,
            cell: ({ startsAt, words }) => (
              <Confirm
                trigger={
                  <Button size="small" aria-label={`Book ${words}`}>
                    Book
                  </Button>
                }
                title={`Book ${words}`}
                action="Book it"
                onConfirm={() => book(startsAt)}
              >
                <Text>Everybody gets an invitation by calendar and, two weeks before, a card. The poll ends.</Text>
              </Confirm>
            ),
          },
        ]}
      />
    </Section>
  );
}
