import { makeStyles, Text, tokens } from "@fluentui/react-components";
import { loadStates, percent } from "../charts/load.ts";
import { Mark } from "../charts/mark.tsx";
import { PageLink } from "../parts/page.tsx";
import { type Column, DataTable } from "../parts/table.tsx";
import type { Team } from "./teams-order.ts";
import { counted, number } from "../parts/words.ts";

const useStyles = makeStyles({
  two: { display: "grid", gap: tokens.spacingVerticalXXS },
  state: { display: "flex", alignItems: "center", gap: tokens.spacingHorizontalXS },
  quiet: { color: tokens.colorNeutralForeground2 },
});

const inRound = { answered: "Answered", waiting: "Not yet", skipped: "Skipped" } as const;

/** Teams with their load, how the workload feels, who waits, and whether they answer. */
export function TeamTable({ teams }: { readonly teams: readonly Team[] }) {
  const styles = useStyles();
  const columns: readonly Column<Team>[] = [
    {
      title: "Team",
      width: 15,
      cell: ({ id, name, area, place }) => (
        <span className={styles.two}>
          <PageLink to={`check-ins/team/${id}`}>{name}</PageLink>
          <Text size={200} className={styles.quiet}>
            {[place, area].filter((part) => part !== null).join(", ")}
          </Text>
        </span>
      ),
    },
    {
      title: "Load over 12 weeks",
      width: 17,
      cell: ({ state }) =>
        state === null ? (
          "Can’t be calculated"
        ) : (
          <span className={styles.two}>
            <Text className={styles.state}>
              <Mark shape={loadStates[state.state].shape} tone={loadStates[state.state].tone} />
              {percent(state.load)}: {loadStates[state.state].words.toLowerCase()}
            </Text>
            <Text size={200} className={styles.quiet}>
              {state.words}
            </Text>
          </span>
        ),
    },
    { title: "Workload feels", cell: ({ feeling }) => feeling?.words ?? "Not known", width: 10 },
    {
      title: "People waiting",
      cell: ({ waiting }) => (waiting === null ? "Not known" : number(waiting)),
      isNumber: true,
      width: 6,
    },
    {
      title: "Longest wait",
      cell: ({ longestWaitWeeks }) => (longestWaitWeeks === null ? "Not known" : counted(longestWaitWeeks, "week")),
      isNumber: true,
      width: 7,
    },
    { title: "This round", cell: ({ answered }) => (answered === null ? "" : inRound[answered]), width: 7 },
    {
      title: "Rounds left unanswered in a row",
      cell: ({ roundsUnanswered }) => roundsUnanswered,
      isNumber: true,
      width: 8,
    },
  ];
  return <DataTable caption="Teams" columns={columns} rows={teams} keyOf={({ id }) => id} />;
}
