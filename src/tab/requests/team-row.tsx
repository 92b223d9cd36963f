import { makeStyles, Text, tokens } from "@fluentui/react-components";
import type { ReactNode } from "react";
import type { RequestResource } from "../../features/check-ins/contract.ts";
import { inWords } from "../api/problem.ts";
import { PageLink } from "../parts/page.tsx";
import { ProblemBar } from "../parts/states.tsx";
import { ChatButtons } from "./chat-buttons.tsx";
import { TakeAndDone, type TakeAndDoneProps } from "./take-and-done.tsx";
import { useMoving } from "./use-moving.ts";

const useStyles = makeStyles({
  row: {
    display: "grid",
    gap: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalXXL}`,
    gridTemplateColumns: "minmax(0, 1fr)",
    paddingBlock: tokens.spacingVerticalM,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    "@media (min-width: 800px)": { gridTemplateColumns: "minmax(0, 2fr) minmax(0, 5fr) 17rem" },
  },
  cell: { display: "grid", gap: tokens.spacingVerticalXXS, alignContent: "start" },
  name: {
    margin: 0,
    fontSize: tokens.fontSizeBase300,
    lineHeight: tokens.lineHeightBase300,
    "& a": { fontWeight: tokens.fontWeightSemibold },
  },
  quiet: { color: tokens.colorNeutralForeground2 },
  buttons: { display: "grid", gap: tokens.spacingVerticalS, gridTemplateColumns: "minmax(0, 1fr)", alignContent: "start" },
  moves: { display: "flex", gap: tokens.spacingHorizontalS, "& > *": { flex: "1 1 0" } },
  problem: { gridColumn: "1 / -1" },
});

export interface TeamRowProps extends Pick<TakeAndDoneProps, "isFirst" | "onMoved"> {
  readonly team: RequestResource["team"];
  readonly managers: RequestResource["managers"];
  readonly request: Pick<RequestResource, "id" | "state"> | null;
  /** Below the team's name. */
  readonly about: ReactNode;
  /** Why it should be rung. */
  readonly children: ReactNode;
}

/** A team that somebody should speak to: why, and the buttons for it. */
export function TeamRow({ team, managers, request, about, children, ...buttons }: TeamRowProps) {
  const styles = useStyles();
  const moving = useMoving(team.id, request?.id ?? null);
  return (
    <li className={styles.row}>
      <div className={styles.cell}>
        <h3 className={styles.name}>
          <PageLink to={`check-ins/team/${team.id}`}>{team.name}</PageLink>
        </h3>
        <Text size={200} className={styles.quiet}>
          {about}
        </Text>
      </div>
      <div className={styles.cell}>{children}</div>
      <div className={styles.buttons}>
        <ChatButtons managers={managers} />
        <div className={styles.moves}>
          <TakeAndDone team={team.name} request={request} moving={moving} {...buttons} />
        </div>
      </div>
      {moving.error !== null && (
        <div className={styles.problem}>
          <ProblemBar message={inWords(moving.error)} />
        </div>
      )}
    </li>
  );
}
