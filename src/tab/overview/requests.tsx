import { Badge, Field, makeStyles, Select, Text, tokens } from "@fluentui/react-components";
import { useState } from "react";
import { RequestPage, type RequestResource } from "../../features/check-ins/contract.ts";
import { useList } from "../api/use-list.ts";
import { useMe } from "../me.ts";
import { day } from "../parts/dates.ts";
import { More } from "../parts/more.tsx";
import { Page, PageLink, Section } from "../parts/page.tsx";
import { Empty, Read } from "../parts/states.tsx";
import { TeamRow } from "../requests/team-row.tsx";
import { useKeptFocus } from "../parts/use-kept-focus.ts";
import { RowsWaiting } from "../requests/waiting.tsx";
import { dueInWords, holderInWords, isOver } from "../requests/words.ts";

const shows = {
  unfinished: { words: "Unfinished", none: "No request is unfinished: no team waits for a lead." },
  done: { words: "Done", none: "Nothing has been marked as done yet." },
  all: { words: "All", none: "No team has asked for anything yet." },
} as const;

type Show = keyof typeof shows;
const isShow = (value: string): value is Show => value in shows;

const useStyles = makeStyles({
  list: { display: "grid", margin: 0, padding: 0, listStyleType: "none" },
  said: { alignSelf: "center", color: tokens.colorNeutralForeground2 },
  filter: { width: "14rem" },
  quiet: { color: tokens.colorNeutralForeground2 },
  overdue: { marginRight: tokens.spacingHorizontalS },
});

/** What teams ask of the leads, as a list to work through. */
export default function Requests() {
  const styles = useStyles();
  const [show, setShow] = useState<Show>("unfinished");
  const [said, setSaid] = useState("");
  const focus = useKeptFocus();
  const requests = useList(`requests?limit=50&state=${show}`, RequestPage, { every: 15_000 });
  const moved = (words: string) => {
    setSaid(words);
    focus.expect();
  };
  return (
    <Page
      title="Requests"
      intro={
        <>
          What teams ask of the leads, and whom leads mean to ring. <PageLink to="overview">Back to the overview</PageLink>
        </>
      }
    >
      <Section
        title={`${shows[show].words} requests`}
        headingRef={focus.heading}
        actions={
          <>
            <Text role="status" size={200} className={styles.said}>
              {said}
            </Text>
            <Field label="Show" orientation="horizontal" className={styles.filter}>
              <Select
                value={show}
                onChange={(_event, { value }) => {
                  setShow(isShow(value) ? value : "unfinished");
                  setSaid("");
                }}
              >
                {Object.entries(shows).map(([value, { words }]) => (
                  <option key={value} value={value}>
                    {words}
                  </option>
                ))}
              </Select>
            </Field>
          </>
        }
      >
        <Read of={requests} loading={<RowsWaiting rows={4} of="request" />}>
          {(items) =>
            items.length === 0 ? (
              <Empty>{shows[show].none}</Empty>
            ) : (
              <>
                <ul className={styles.list}>
                  {items.map((request) => (
                    <RequestRow key={request.id} request={request} onMoved={moved} />
                  ))}
                </ul>
                <More list={requests} />
              </>
            )
          }
        </Read>
      </Section>
    </Page>
  );
}

function RequestRow({ request, onMoved }: { readonly request: RequestResource; readonly onMoved: (said: string) => void }) {
  const styles = useStyles();
  const me = useMe();
  const { team, managers, reasons, askedBy, isOverdue } = request;
  return (
    <TeamRow team={team} managers={managers} request={request} about={team.area ?? "No area"} onMoved={onMoved}>
      <Text>
        {reasons.map(({ words }) => `${words}.`).join(" ")}
        {askedBy !== null && ` Asked by ${askedBy.name}.`}
      </Text>
      <Text size={200} className={styles.quiet}>
        {isOverdue && (
          <Badge appearance="tint" color="danger" className={styles.overdue}>
            Overdue
          </Badge>
        )}
        {isOver(request) ? `${day(request.updatedAt)}: ` : `${dueInWords(request)} `}
        {holderInWords(request, me.id)}
      </Text>
    </TeamRow>
  );
}
