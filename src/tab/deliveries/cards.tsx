import { Badge, Field, makeStyles, Select, Text, tokens } from "@fluentui/react-components";
import { useState } from "react";
import { LedgerPage, type LedgerRow } from "../../features/deliveries/contract.ts";
import { useList } from "../api/use-list.ts";
import { shortDay, timeOfDay } from "../parts/dates.ts";
import { More } from "../parts/more.tsx";
import { Section } from "../parts/page.tsx";
import { Empty, Read } from "../parts/states.tsx";
import { type Column, DataTable } from "../parts/table.tsx";
import { Waiting } from "../parts/waiting.tsx";
import { type CardPurpose, inOrder, meetingCards, roundCards, statesInOrder, stateWords } from "./words.ts";

type State = LedgerRow["state"];

const colours = { failed: "danger", pending: "informative", skipped: "warning", delivered: "success" } as const;
const channels = { teams: "Teams", link: "Link by e-mail" } as const;

const useStyles = makeStyles({
  filters: { display: "flex", flexWrap: "wrap", gap: tokens.spacingHorizontalL, rowGap: tokens.spacingVerticalS },
  filter: { flex: "1 1 13rem", maxWidth: "22rem" },
});

const person: Column<LedgerRow> = {
  title: "Person",
  cell: (row) => <Text weight="semibold">{row.person.name}</Text>,
  width: 11,
  isPlain: true,
};
const team: Column<LedgerRow> = { title: "Team", cell: ({ about }) => about ?? "", width: 10 };
const others: readonly Column<LedgerRow>[] = [
  {
    title: "State",
    cell: ({ state }) => (
      <Badge appearance="tint" color={colours[state]} style={{ whiteSpace: "nowrap" }}>
        {stateWords[state]}
      </Badge>
    ),
    width: 11,
  },
  { title: "Reason", cell: ({ reason }) => reason ?? "", width: 16 },
  { title: "By", cell: ({ channel }) => channels[channel], width: 7 },
  { title: "Tries", cell: ({ attempts }) => attempts, isNumber: true, width: 4 },
  { title: "Last change", cell: ({ updatedAt }) => `${shortDay(updatedAt)}, ${timeOfDay(updatedAt)}`, width: 9 },
];

export interface CardsProps {
  /** The id of a round or a meeting. */
  readonly occasion: string;
  readonly kind: "round" | "meeting";
}

/** One row for each card of an occasion, of one purpose at a time; what needs somebody comes first. */
export function Cards({ occasion, kind }: CardsProps) {
  const styles = useStyles();
  const purposes = kind === "round" ? roundCards : meetingCards;
  const [purpose, setPurpose] = useState<CardPurpose>(purposes[0][0]);
  const [only, setOnly] = useState<State | null>(null);
  const rows = useList(`deliveries?round=${occasion}&purpose=${purpose}&limit=200`, LedgerPage, { every: 5_000, keep: true });
  const columns = [person, ...(kind === "round" ? [team] : []), ...others];
  return (
    <Section title="Cards">
      <div className={styles.filters}>
        <Field label="Kind" className={styles.filter}>
          <Select value={purpose} onChange={(_event, { value }) => setPurpose(purposes.find(([one]) => one === value)?.[0] ?? purpose)}>
            {purposes.map(([value, words]) => (
              <option key={value} value={value}>
                {words}
              </option>
            ))}
          </Select>
        </Field>
        <Field label="State" className={styles.filter}>
          <Select value={only ?? "all"} onChange={(_event, { value }) => setOnly(statesInOrder.find((state) => state === value) ?? null)}>
            <option value="all">All states</option>
            {statesInOrder.map((state) => (
              <option key={state} value={state}>
                {stateWords[state]}
              </option>
            ))}
          </Select>
        </Field>
      </div>
      <Read of={rows} loading={<Waiting height={40} />}>
        {(items) => {
          const shown = inOrder(items.filter(({ state }) => only === null || state === only));
          return (
            <>
              {shown.length === 0 ? (
                <Empty>{only === null ? "No card of this kind has been made." : "No card is in this state."}</Empty>
              ) : (
                <DataTable caption="Cards, one for each person" columns={columns} rows={shown} keyOf={({ id }) => id} stacks />
              )}
              <More list={rows} />
            </>
          );
        }}
      </Read>
    </Section>
  );
}
