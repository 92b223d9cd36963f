import { Button, MessageBar, MessageBarBody, Text } from "@fluentui/react-components";
import { MeetingDetails } from "../../features/meetings/contract.ts";
import { useRead } from "../api/use-api.ts";
import { useHost } from "../host/use-host.ts";
import { useMe } from "../me.ts";
import { span } from "../parts/dates.ts";
import { DeliveryBar } from "../parts/delivery-bar.tsx";
import { Page, PageLink, Section } from "../parts/page.tsx";
import { Read } from "../parts/states.tsx";
import { Agenda } from "./agenda.tsx";
import { AnswersByArea } from "./answers-by-area.tsx";
import { Attendance } from "./attendance.tsx";
import { CancelMeeting } from "./cancel-meeting.tsx";
import { MoveMeeting } from "./move-meeting.tsx";
import { Notes } from "./notes.tsx";
import { RsvpBar } from "./rsvp-bar.tsx";
import { stateWords } from "./words.ts";
import { YourAnswer } from "../parts/your-answer.tsx";

export interface MeetingPageProps {
  readonly id: string;
  /** True for viewers who run the network. */
  readonly runs: boolean;
}

/** One meeting: when, who comes, what is talked about, and what came of it. */
export function MeetingPage({ id, runs }: MeetingPageProps) {
  const meeting = useRead(`meetings/${id}`, MeetingDetails, { every: 10_000 });
  return <Read of={meeting}>{(details) => <Details key={details.id} meeting={details} runs={runs} />}</Read>;
}

function Details({ meeting, runs }: { readonly meeting: MeetingDetails; readonly runs: boolean }) {
  const host = useHost();
  const me = useMe();
  const { title, startsAt, endsAt, zone, state, joinUrl, calendar } = meeting;
  const isAhead = state === "booked" || state === "booking";
  const leads = me.role === "lead" || me.role === "admin";
  return (
    <Page
      title={span(startsAt, endsAt, zone)}
      intro={
        <>
          {title}. {stateWords[state]}. <PageLink to="meetings">All meetings</PageLink>
        </>
      }
      actions={
        <>
          {joinUrl !== null && isAhead && (
            <Button appearance="primary" onClick={() => host.open(joinUrl)}>
              Join in Teams
            </Button>
          )}
          {runs && isAhead && <MoveMeeting meeting={meeting} />}
          {runs && isAhead && <CancelMeeting meeting={meeting} />}
        </>
      }
    >
      {leads && calendar.reason !== null && (
        <MessageBar intent={calendar.state === "failed" ? "error" : "info"} layout="multiline">
          <MessageBarBody>{calendar.reason}</MessageBarBody>
        </MessageBar>
      )}
      <Section title="Who comes">
        <RsvpBar rsvps={meeting.rsvps} />
        {meeting.mayAnswer && <YourAnswer meeting={meeting} />}
        {meeting.listed.length > 0 && <Text>Among them: {meeting.listed.join(", ")}.</Text>}
        {leads && <AnswersByArea people={meeting.people} />}
      </Section>
      <Agenda meeting={meeting} canEdit={runs && isAhead} />
      {(state === "held" || meeting.notes !== null) && <Notes meeting={meeting} canEdit={runs} />}
      {leads && state === "held" && <Attendance meeting={meeting} canEdit={runs} />}
      {leads && (
        <Section title="Cards">
          <DeliveryBar counts={meeting.deliveries} />
          <PageLink to={`deliveries/${meeting.id}`}>Every card, and sending the failed ones again</PageLink>
        </Section>
      )}
    </Page>
  );
}

