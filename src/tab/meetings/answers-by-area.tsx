import { makeStyles, Text, tokens } from "@fluentui/react-components";
import type { MeetingDetails } from "../../features/meetings/contract.ts";
import { DataTable } from "../parts/table.tsx";
import { byArea } from "./by-area.ts";

const useStyles = makeStyles({
  heading: { margin: 0, fontSize: tokens.fontSizeBase300, lineHeight: tokens.lineHeightBase300, fontWeight: tokens.fontWeightSemibold },
  areas: {
    display: "grid",
    gap: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalXXL}`,
    gridTemplateColumns: "repeat(auto-fit, minmax(min(18rem, 100%), 1fr))",
    margin: 0,
  },
  area: { fontWeight: tokens.fontWeightSemibold },
  names: { margin: 0, color: tokens.colorNeutralForeground2 },
});

export interface AnswersByAreaProps {
  /** Whom the viewer may see. */
  readonly people: MeetingDetails["people"];
  readonly isAhead: boolean;
  /** True for a lead of some areas, who sees their people only. */
  readonly isPart: boolean;
}

/** Answers by area, and who hasn't answered. */
export function AnswersByArea({ people, isAhead, isPart }: AnswersByAreaProps) {
  const styles = useStyles();
  if (people.length === 0) return null;
  const areas = byArea(people);
  const silent = areas.filter(({ unanswered }) => unanswered.length > 0);
  const howMany = silent.reduce((sum, { unanswered }) => sum + unanswered.length, 0);
  const waiting = { title: "Waiting", cell: (area: (typeof areas)[number]) => area.waiting, isNumber: true, width: 5 };
  return (
    <>
      {isPart && <Text>Below are the people of your areas.</Text>}
      <DataTable
        caption="Answers by area"
        rows={areas}
        keyOf={({ area }) => area}
        columns={[
          { title: "Area", cell: ({ area }) => area, width: 8 },
          { title: "Yes", cell: ({ yes }) => yes, isNumber: true, width: 3.5 },
          ...(areas.some((area) => area.waiting > 0) ? [waiting] : []),
          { title: "Maybe", cell: ({ maybe }) => maybe, isNumber: true, width: 4.5 },
          { title: "No", cell: ({ no }) => no, isNumber: true, width: 3.5 },
          { title: "No answer", cell: ({ unanswered }) => unanswered.length, isNumber: true, width: 6 },
          { title: "Invited", cell: ({ invited }) => invited, isNumber: true, width: 5 },
        ]}
      />
      <h3 className={styles.heading}>
        {isAhead ? "Who hasn’t answered yet" : "Who didn’t answer"} ({howMany})
      </h3>
      {silent.length === 0 ? (
        <Text>Everybody has answered.</Text>
      ) : (
        <dl className={styles.areas}>
          {silent.map(({ area, unanswered }) => (
            <div key={area}>
              <dt className={styles.area}>
                {area} ({unanswered.length})
              </dt>
              <dd className={styles.names}>{unanswered.join(", ")}</dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
}
