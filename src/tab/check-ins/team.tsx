import { makeStyles, Text, tokens } from "@fluentui/react-components";
import { TeamHistory } from "../../features/check-ins/contract.ts";
import { useRead } from "../api/use-api.ts";
import { loadStates, notSpare } from "../charts/load.ts";
import { Mark } from "../charts/mark.tsx";
import { day } from "../parts/dates.ts";
import { Page, PageLink, Section } from "../parts/page.tsx";
import { Stat, Stats } from "../parts/stat.tsx";
import { Read } from "../parts/states.tsx";
import { ChatButtons } from "../requests/chat-buttons.tsx";
import { TeamAnswers } from "./team-answers.tsx";
import { TeamRequests } from "./team-requests.tsx";
import { TeamTrend } from "./team-trend.tsx";
import { CaseloadWaiting } from "../load/waiting.tsx";
import { counted, number } from "../parts/words.ts";

const useStyles = makeStyles({
  state: { display: "flex", alignItems: "center", gap: tokens.spacingHorizontalXS },
  lines: { display: "grid", gap: tokens.spacingVerticalXXS },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** One team: how it stands, what it asks for, and what it answered over 52 weeks. */
export function Team({ id }: { readonly id: string }) {
  const team = useRead(`teams/${id}`, TeamHistory);
  if (team.data !== undefined) return <TeamPage team={team.data} />;
  return (
    <Page title="Team" intro={<PageLink to="check-ins/teams">All teams</PageLink>}>
      <Read of={team} loading={<CaseloadWaiting />}>
        {() => null}
      </Read>
    </Page>
  );
}

const inRound = {
  answered: "It has answered the round that is open.",
  waiting: "It hasn’t answered the round that is open yet.",
  skipped: "It skipped the round that is open.",
} as const;

function TeamPage({ team }: { readonly team: TeamHistory }) {
  const styles = useStyles();
  const { name, managers, state, feeling, waiting, longestWaitWeeks, roundsUnanswered, answered, asOf } = team;
  const where = [team.place, team.area, team.pcn, team.organisation].filter((part) => part !== null).join(", ");
  return (
    <Page
      title={name}
      intro={
        <>
          {where === "" ? "" : `${where}. `}
          <PageLink to="check-ins/teams">All teams</PageLink>
        </>
      }
      actions={<ChatButtons managers={managers} />}
    >
      <Section title="How it stands">
        <div className={styles.lines}>
          {state === null ? (
            <Text>How its load stands can’t be calculated: it hasn’t said how many new people came, or has no WTE in post.</Text>
          ) : (
            <>
              <Text weight="semibold" className={styles.state}>
                <Mark shape={loadStates[state.state].shape} tone={loadStates[state.state].tone} />
                {loadStates[state.state].words} over 12 weeks
              </Text>
              <Text>
                {state.words}. {state.state === "below" && notSpare}
              </Text>
            </>
          )}
          <Text size={200} className={styles.quiet}>
            {asOf !== null && `As of the check-in of ${day(asOf)}. `}
            {answered !== null && inRound[answered]}
          </Text>
        </div>
        <Stats>
          <Stat name="The workload feels" value={feeling?.words ?? null} isWords />
          <Stat name="People waiting" value={waiting === null ? null : number(waiting)} />
          <Stat name="Longest wait" value={longestWaitWeeks === null ? null : counted(longestWaitWeeks, "week")} />
          <Stat name="Rounds left unanswered in a row" value={number(roundsUnanswered)} />
        </Stats>
      </Section>
      <TeamRequests team={team} />
      <TeamTrend team={team} />
      <TeamAnswers team={team} />
    </Page>
  );
}
