import { Badge, Field, Select } from "@fluentui/react-components";
import { useState } from "react";
import type { LedgerRow } from "../../features/deliveries/contract.ts";
import { LedgerPage } from "../../features/deliveries/contract.ts";
import { useList } from "../api/use-list.ts";
import { moment } from "../parts/dates.ts";
import { More } from "../parts/more.tsx";
import { Page, PageLink } from "../parts/page.tsx";
import { Empty, Read } from "../parts/states.tsx";
import { type Column, DataTable } from "../parts/table.tsx";
import { Retry } from "./retry.tsx";

const states = {
  delivered: { words: "Delivered", colour: "success" },
  pending: { words: "On its way", colour: "informative" },
  skipped: { words: "Not sent on purpose", colour: "warning" },
  failed: { words: "Failed", colour: "danger" },
} as const;

const channels = { teams: "Teams", link: "Link by e-mail" } as const;

type State = keyof typeof states;
const isState = (value: string): value is State => value in states;

const columns: readonly Column<LedgerRow>[] = [
  { title: "Person", cell: ({ person }) => person.name, width: 12 },
  {
    title: "State",
    cell: ({ state }) => (
      <Badge appearance="tint" color={states[state].colour}>
        {states[state].words}
      </Badge>
    ),
    width: 11,
  },
  { title: "Reason", cell: ({ reason }) => reason ?? "", width: 20 },
  { title: "By", cell: ({ channel }) => channels[channel], width: 8 },
  { title: "Tries", cell: ({ attempts }) => attempts, isNumber: true, width: 4 },
  { title: "Last change", cell: ({ updatedAt }) => moment(updatedAt), width: 14 },
];

/** One row for each card of an occasion, and the button that sends the failed ones again. */
export function Ledger({ occasion }: { readonly occasion: string }) {
  const [only, setOnly] = useState<State | "all">("all");
  const rows = useList(`deliveries?round=${occasion}&limit=200`, LedgerPage, { every: 5_000 });
  return (
    <Page
      title="Cards"
      intro={<PageLink to="deliveries">All deliveries</PageLink>}
      actions={<Retry occasion={occasion} />}
    >
      <Field label="Show" style={{ maxWidth: "16rem" }}>
        <Select value={only} onChange={(_event, { value }) => setOnly(isState(value) ? value : "all")}>
          <option value="all">All cards</option>
          {Object.entries(states).map(([state, { words }]) => (
            <option key={state} value={state}>
              {words}
            </option>
          ))}
        </Select>
      </Field>
      <Read of={rows}>
        {(items) => {
          const shown = items.filter(({ state }) => only === "all" || state === only);
          if (shown.length === 0) return <Empty>No card is in this state.</Empty>;
          return (
            <>
              <DataTable caption="Cards, one for each person" columns={columns} rows={shown} keyOf={({ id }) => id} />
              <More list={rows} />
            </>
          );
        }}
      </Read>
    </Page>
  );
}

