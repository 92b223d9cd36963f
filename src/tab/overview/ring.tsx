import { makeStyles, Text, tokens } from "@fluentui/react-components";
import { useState } from "react";
import type { Overview, RingEntry } from "../../features/overview/contract.ts";
import { useMe } from "../me.ts";
import { day } from "../parts/dates.ts";
import { PageLink, Section } from "../parts/page.tsx";
import { Empty } from "../parts/states.tsx";
import { TeamRow } from "../requests/team-row.tsx";
import { useKeptFocus } from "../parts/use-kept-focus.ts";
import { dueInWords, holderInWords } from "../requests/words.ts";
import { lastSpokeInWords, ringTitle } from "./words.ts";

const useStyles = makeStyles({
  list: { display: "grid", margin: 0, padding: 0, listStyleType: "none" },
  why: { display: "grid", gap: tokens.spacingVerticalXXS, margin: 0, padding: 0, listStyleType: "none" },
  quiet: { color: tokens.colorNeutralForeground2 },
  foot: { display: "flex", flexWrap: "wrap", columnGap: tokens.spacingHorizontalM, justifyContent: "space-between" },
});

/** The teams that need a call first, with what leads do about them. */
export function Ring({ overview }: { readonly overview: Overview }) {
  const styles = useStyles();
  const [said, setSaid] = useState("");
  const focus = useKeptFocus();
  const { ring, ringMore } = overview;
  const moved = (words: string) => {
    setSaid(words);
    focus.expect();
  };
  return (
    <Section title={ringTitle(ring.length)} headingRef={focus.heading} actions={<PageLink to="overview/requests">All requests</PageLink>}>
      {ring.length === 0 ? (
        <Nobody overview={overview} />
      ) : (
        <ol className={styles.list}>
          {ring.map((entry) => (
            <Entry key={entry.team.id} entry={entry} onMoved={moved} />
          ))}
        </ol>
      )}
      <div className={styles.foot}>
        <Text role="status" className={styles.quiet}>
          {said}
        </Text>
        {ringMore > 0 && (
          <PageLink to="check-ins">
            {ringMore === 1 ? "1 more team has a reason to be rung" : `${ringMore} more teams have a reason to be rung`}
          </PageLink>
        )}
      </div>
    </Section>
  );
}

function Entry({ entry, onMoved }: { readonly entry: RingEntry; readonly onMoved: (said: string) => void }) {
  const styles = useStyles();
  const me = useMe();
  const { team, managers, why, lastSpoke, request } = entry;
  return (
    <TeamRow team={team} managers={managers} request={request} about={team.area ?? "No area"} isFirst onMoved={onMoved}>
      <ul className={styles.why}>
        {why.map((line) => (
          <li key={line}>
            <Text>{line}</Text>
          </li>
        ))}
      </ul>
      <Text size={200} className={styles.quiet}>
        {request !== null && `${holderInWords(request, me.id)} `}
        {/* What is overdue is among the reasons already. */}
        {request !== null && !request.isOverdue && `${dueInWords(request)} `}
        {lastSpokeInWords(lastSpoke)}
      </Text>
    </TeamRow>
  );
}

function Nobody({ overview: { asOf, coverage } }: { readonly overview: Overview }) {
  if (asOf === null) return <Empty>No check-in has gone out to your teams yet. Once they answer, those to ring first stand here.</Empty>;
  return (
    <Empty>
      No team has a reason to be rung first. That rests on what teams ask for, their load, how it feels to them and who stays silent, as of
      the check-in of {day(asOf)}
      {coverage === null ? "" : ` (answered: ${coverage})`}.
    </Empty>
  );
}
