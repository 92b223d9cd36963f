import { Button, MessageBar, MessageBarBody, Text } from "@fluentui/react-components";
import { useState } from "react";
import { MeetingDetails } from "../../features/meetings/contract.ts";
import { inWords } from "../api/problem.ts";
import { useRead } from "../api/use-api.ts";
import { useHost } from "../host/use-host.ts";
import { useMe } from "../me.ts";
import { DeliveryBar } from "../parts/delivery-bar.tsx";
import { Page, PageLink, Section } from "../parts/page.tsx";
import { ProblemBar } from "../parts/states.tsx";
import { Waiting } from "../parts/waiting.tsx";
import { useKeptFocus } from "../parts/use-kept-focus.ts";
import { Agenda } from "./agenda.tsx";
import { Attendance } from "./attendance.tsx";
import { CancelMeeting } from "./cancel-meeting.tsx";
import { MoveMeeting } from "./move-meeting.tsx";
import { Notes } from "./notes.tsx";
import { WhoComes } from "./who-comes.tsx";
import { stateWords } from "./words.ts";
import { timesOf } from "../parts/dates.ts";

export interface MeetingPageProps {
  readonly id: string;
  /** True for viewers who run the network. */
  readonly runs: boolean;
}

/** One meeting: when, who comes, what is talked about, and what came of it. */
export function MeetingPage({ id, runs }: MeetingPageProps) {
  const { data, error, isRefetchError, refetch } = useRead(`meetings/${id}`, MeetingDetails, { every: 10_000 });
  const problem = error === null ? null : <ProblemBar message={`${isRefetchError ? "What you see may be out of date. " : ""}${inWords(error)}`} onRetry={() => void refetch()} />;
  if (data !== undefined) return <Details key={data.id} meeting={data} runs={runs} problem={problem} />;
  return (
    <Page title="Meeting" intro={<PageLink to="meetings">All meetings</PageLink>}>
      {problem ?? <Waiting height={36} />}
    </Page>
  );
}

interface DetailsProps extends Pick<MeetingPageProps, "runs"> {
  readonly meeting: MeetingDetails;
  readonly problem: React.ReactNode;
}

function Details({ meeting, runs, problem }: DetailsProps) {
  const host = useHost();
  const me = useMe();
  const [said, setSaid] = useState("");
  const { heading, expect } = useKeptFocus(true);
  const { title, zone, state, joinUrl, calendar } = meeting;
  const isAhead = state === "booked" || state === "booking";
  const leads = me.role === "lead" || me.role === "admin";
  const isPart = me.role === "lead" && me.scope !== "network";
  const say = (words: string) => {
    expect();
    setSaid(words);
  };
  const agenda = <Agenda meeting={meeting} canEdit={runs && isAhead} leads={leads} />;
  const whoComes = <WhoComes meeting={meeting} leads={leads} isPart={isPart} />;
  return (
    <Page
      title={timesOf(meeting, zone)}
      headingRef={heading}
      intro={
        <>
          {title}. {stateWords[state]}. <PageLink to="meetings">All meetings</PageLink>
          <Text role="status" weight="semibold" block>
            {said}
          </Text>
        </>
      }
      actions={
        <>
          {joinUrl !== null && isAhead && !meeting.isWaiting && (
            <Button appearance="primary" onClick={() => host.open(joinUrl)}>
              Join in Teams
            </Button>
          )}
          {runs && isAhead && <MoveMeeting meeting={meeting} onDone={() => say("Moved. Calendars and cards follow.")} />}
          {runs && isAhead && <CancelMeeting meeting={meeting} onDone={() => say("Cancelled. Calendars and cards follow.")} />}
        </>
      }
    >
      {problem}
      {leads && calendar.reason !== null && (
        <MessageBar intent={calendar.state === "failed" ? "error" : "info"} layout="multiline">
          <MessageBarBody>{calendar.reason}</MessageBarBody>
        </MessageBar>
      )}
      {isAhead && whoComes}
      {isAhead && agenda}
      {(state === "held" || meeting.notes !== null) && <Notes meeting={meeting} canEdit={runs} />}
      {leads && state === "held" && <Attendance meeting={meeting} canEdit={runs} isPart={isPart} />}
      {!isAhead && whoComes}
      {!isAhead && agenda}
      {leads && (
        <Section title="Cards">
          <DeliveryBar counts={meeting.deliveries} />
          <Text>
            <PageLink to={`deliveries/${meeting.id}`}>Every card of this meeting</PageLink>
            {runs && meeting.retriable > 0 && ": there you send the failed ones again."}
          </Text>
        </Section>
      )}
    </Page>
  );
}
