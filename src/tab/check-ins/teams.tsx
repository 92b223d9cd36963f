import { Field, makeStyles, Select, Text, tokens } from "@fluentui/react-components";
import { useEffect, useState } from "react";
import { TeamPage } from "../../features/check-ins/contract.ts";
import { useList } from "../api/use-list.ts";
import { loadStates, notSpare } from "../charts/load.ts";
import { Page } from "../parts/page.tsx";
import { Empty, Read } from "../parts/states.tsx";
import { PartsOfCheckIns } from "./parts-of.tsx";
import { TeamTable } from "./team-table.tsx";
import { areasOf, arranged, type Order, orders, type StateFilter } from "./teams-order.ts";
import { CaseloadWaiting } from "../load/waiting.tsx";
import { counted } from "../parts/words.ts";

const states = {
  above: loadStates.above.words,
  in: loadStates.in.words,
  below: loadStates.below.words,
  unknown: "Can’t be calculated",
} as const;
const isOrder = (value: string): value is Order => value in orders;
const isState = (value: string): value is StateFilter => value in states;

const useStyles = makeStyles({
  filters: { display: "flex", flexWrap: "wrap", gap: tokens.spacingHorizontalL },
  filter: { flex: "1 1 12rem", maxWidth: "20rem" },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** The teams in a lead's scope with how each stands: sorted, narrowed down, each with a page of its own. */
export function Teams() {
  const styles = useStyles();
  const [order, setOrder] = useState<Order>("load");
  const [area, setArea] = useState<string | null>(null);
  const [state, setState] = useState<StateFilter | null>(null);
  const teams = useList("teams?limit=200", TeamPage);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = teams;
  // An order by load needs all of them.
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  return (
    <Page title="Teams" intro={`How each team stood at the latest check-in. ${notSpare}`}>
      <PartsOfCheckIns />
      <Read of={teams} loading={<CaseloadWaiting />}>
        {(all) => {
          if (all.length === 0) return <Empty>No team is in the areas that you lead.</Empty>;
          const shown = arranged(all, { order, area, state });
          const areas = areasOf(all);
          return (
            <>
              <div className={styles.filters}>
                <Field label="Order" className={styles.filter}>
                  <Select value={order} onChange={(_event, { value }) => setOrder(isOrder(value) ? value : "load")}>
                    {Object.entries(orders).map(([value, words]) => (
                      <option key={value} value={value}>
                        {words}
                      </option>
                    ))}
                  </Select>
                </Field>
                {areas.length > 1 && (
                  <Field label="Area" className={styles.filter}>
                    <Select value={area ?? ""} onChange={(_event, { value }) => setArea(value === "" ? null : value)}>
                      <option value="">All areas</option>
                      {areas.map((name) => (
                        <option key={name}>{name}</option>
                      ))}
                    </Select>
                  </Field>
                )}
                <Field label="State over 12 weeks" className={styles.filter}>
                  <Select value={state ?? ""} onChange={(_event, { value }) => setState(isState(value) ? value : null)}>
                    <option value="">All states</option>
                    {Object.entries(states).map(([value, words]) => (
                      <option key={value} value={value}>
                        {words}
                      </option>
                    ))}
                  </Select>
                </Field>
              </div>
              <Text role="status" size={200} className={styles.quiet}>
                {hasNextPage ? "Loading the rest…" : howMany(shown.length, all.length)}
              </Text>
              {shown.length === 0 ? <Empty>No team is like this. Choose another area or state.</Empty> : <TeamTable teams={shown} />}
            </>
          );
        }}
      </Read>
    </Page>
  );
}

function howMany(shown: number, all: number): string {
  return shown === all ? counted(all, "team") : `${shown} of ${counted(all, "team")}`;
}
