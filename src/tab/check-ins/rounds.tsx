import { makeStyles, Text, tokens } from "@fluentui/react-components";
import { useState } from "react";
import { RoundPage } from "../../features/check-ins/contract.ts";
import { useList } from "../api/use-list.ts";
import { useMe } from "../me.ts";
import { day, moment } from "../parts/dates.ts";
import { DeliveryBar } from "../parts/delivery-bar.tsx";
import { More } from "../parts/more.tsx";
import { Page, PageLink, Section } from "../parts/page.tsx";
import { Empty, Read } from "../parts/states.tsx";
import { type Column, DataTable } from "../parts/table.tsx";
import { useKeptFocus } from "../parts/use-kept-focus.ts";
import { OpenRound } from "./open-round.tsx";
import { PartsOfCheckIns } from "./parts-of.tsx";
import { type Round, RoundBar } from "./round-bar.tsx";
import { RoundButtons } from "./round-buttons.tsx";
import { CaseloadWaiting } from "../load/waiting.tsx";

const columns: readonly Column<Round>[] = [
  {
    title: "Opened",
    cell: ({ id, opensOn }) => <PageLink to={`deliveries/${id}`}>{day(opensOn)}</PageLink>,
    width: 14,
  },
  { title: "Closed", cell: ({ closedAt }) => (closedAt === null ? "" : day(closedAt)), width: 14 },
  {
    title: "Answered",
    cell: ({ teams }) => `${teams.answered} of ${teams.answered + teams.waiting + teams.skipped} teams`,
    width: 9,
  },
  { title: "Skipped", cell: ({ teams }) => teams.skipped, isNumber: true, width: 5 },
  { title: "Didn’t answer", cell: ({ teams }) => teams.waiting, isNumber: true, width: 7 },
  {
    title: "Cards delivered",
    cell: ({ deliveries }) => `${deliveries.delivered} of ${deliveries.intended}`,
    isNumber: true,
    width: 8,
  },
  { title: "Cards failed", cell: ({ deliveries }) => deliveries.failed, isNumber: true, width: 6 },
];

const useStyles = makeStyles({
  actions: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: tokens.spacingHorizontalM },
});

/** The round that is open with what can be done about it, and the rounds before. */
export function Rounds() {
  const styles = useStyles();
  const focus = useKeptFocus();
  const { role, scope } = useMe();
  const mayRun = role === "admin" || scope === "network";
  const [said, setSaid] = useState("");
  const changed = (words: string) => {
    setSaid(words);
    // The button that was pressed goes with the state that it was for.
    focus.expect();
  };
  const rounds = useList("check-in-rounds?limit=20", RoundPage, { every: 5_000 });
  return (
    <Page title="Check-in rounds" intro="A round asks every team about its caseload, on a card in its managers’ chats.">
      <PartsOfCheckIns />
      <Read of={rounds} loading={<CaseloadWaiting />}>
        {(items) => {
          const open = items.find(({ state }) => state === "open") ?? null;
          const earlier = items.filter(({ state }) => state === "closed");
          return (
            <>
              <Section title={open === null ? "No round is open" : `The round of ${day(open.opensOn)}`} headingRef={focus.heading}>
                {open === null ? <Text>{nothingOpen(earlier, mayRun)}</Text> : <OpenOne round={open} />}
                <div className={styles.actions}>
                  {mayRun && (open === null ? <OpenRound onDone={changed} /> : <RoundButtons round={open} onSent={setSaid} onClosed={changed} />)}
                  <Text role="status">{said}</Text>
                </div>
              </Section>
              <Section title="Earlier rounds">
                {earlier.length === 0 ? (
                  <Empty>No round has closed yet.</Empty>
                ) : (
                  <>
                    <DataTable caption="Rounds that have closed" columns={columns} rows={earlier} keyOf={({ id }) => id} />
                    <More list={rounds} />
                  </>
                )}
              </Section>
            </>
          );
        }}
      </Read>
    </Page>
  );
}

function nothingOpen([latest]: readonly Round[], mayRun: boolean): string {
  const before = latest === undefined ? "" : `The last one closed on ${day(latest.closedAt ?? latest.closesAt)}. `;
  const next = mayRun
    ? "You can open the next one now."
    : "Leads of the whole network and admins open rounds.";
  return `${before}${next}`;
}

function OpenOne({ round }: { readonly round: Round }) {
  return (
    <>
      <Text>
        Open until {moment(round.closesAt)}. <PageLink to={`deliveries/${round.id}`}>See every card</PageLink>
      </Text>
      <RoundBar teams={round.teams} />
      <DeliveryBar counts={round.deliveries} />
    </>
  );
}
