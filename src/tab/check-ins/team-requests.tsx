import { Badge, makeStyles, Text, tokens } from "@fluentui/react-components";
import { useState } from "react";
import { RequestPage, type TeamHistory } from "../../features/check-ins/contract.ts";
import { inWords } from "../api/problem.ts";
import { useRead } from "../api/use-api.ts";
import { useMe } from "../me.ts";
import { day } from "../parts/dates.ts";
import { Section } from "../parts/page.tsx";
import { ProblemBar, Read } from "../parts/states.tsx";
import { TakeAndDone } from "../requests/take-and-done.tsx";
import { useKeptFocus } from "../parts/use-kept-focus.ts";
import { useMoving } from "../requests/use-moving.ts";
import { dueInWords, holderInWords, isOver } from "../requests/words.ts";

const useStyles = makeStyles({
  list: { display: "grid", gap: tokens.spacingVerticalM, margin: 0, padding: 0, listStyleType: "none" },
  item: { display: "grid", gap: tokens.spacingVerticalXXS },
  buttons: { display: "flex", flexWrap: "wrap", gap: tokens.spacingHorizontalS, paddingTop: tokens.spacingVerticalXS },
  overdue: { marginRight: tokens.spacingHorizontalS },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** What a team asked of the leads, the newest first, and the buttons that take it on and close it. */
export function TeamRequests({ team: { id, name } }: { readonly team: TeamHistory }) {
  const styles = useStyles();
  const me = useMe();
  const focus = useKeptFocus();
  const [said, setSaid] = useState("");
  const requests = useRead(`requests?state=all&limit=20&team=${id}`, RequestPage, { every: 15_000 });
  const unfinished = requests.data?.items.find((request) => !isOver(request)) ?? null;
  const moving = useMoving(id, unfinished?.id ?? null);
  const buttons = (
    <div className={styles.buttons}>
      <TakeAndDone
        team={name}
        request={unfinished}
        moving={moving}
        onMoved={(words) => {
          setSaid(words);
          focus.expect();
        }}
      />
    </div>
  );
  return (
    <Section
      title="Requests"
      headingRef={focus.heading}
      actions={
        <Text role="status" size={200} className={styles.quiet}>
          {said}
        </Text>
      }
    >
      <Read of={requests} loading={<div style={{ minHeight: "84px" }} />}>
        {({ items }) => (
          <>
            {unfinished === null && (
              <>
                <Text>Nothing waits for a lead. Take the team on if you mean to ring it, so that the other leads know.</Text>
                {buttons}
              </>
            )}
            {items.length > 0 && (
              <ul className={styles.list}>
                {items.map((request) => (
                  <li key={request.id} className={styles.item}>
                    <Text>
                      {request.reasons.map(({ words }) => `${words}.`).join(" ")}
                      {request.askedBy !== null && ` Asked by ${request.askedBy.name}.`}
                    </Text>
                    <Text size={200} className={styles.quiet}>
                      {request.isOverdue && (
                        <Badge appearance="tint" color="danger" className={styles.overdue}>
                          Overdue
                        </Badge>
                      )}
                      {isOver(request) ? `${day(request.updatedAt)}: ` : `${dueInWords(request)} `}
                      {holderInWords(request, me.id)}
                    </Text>
                    {request === unfinished && buttons}
                  </li>
                ))}
              </ul>
            )}
          </>
        )}
      </Read>
      {moving.error !== null && <ProblemBar message={inWords(moving.error)} />}
    </Section>
  );
}
