import { Field, makeStyles, Select } from "@fluentui/react-components";
import { useState } from "react";
import { CaseloadSummary } from "../../features/check-ins/contract.ts";
import { useRead } from "../api/use-api.ts";
import { loadMeaning, notSpare } from "../charts/load.ts";
import { day } from "../parts/dates.ts";
import { Page, PageLink } from "../parts/page.tsx";
import { Empty, Read, Withheld } from "../parts/states.tsx";
import { FiguresOf } from "./figures-of.tsx";
import { LoadByGroup } from "./load-by-group.tsx";
import { PartsOfCheckIns } from "./parts-of.tsx";
import { RunningRound } from "./running-round.tsx";
import { CaseloadWaiting } from "../load/waiting.tsx";

const useStyles = makeStyles({ choice: { maxWidth: "22rem" } });

/** The caseload of a lead's teams: how load stands against the guide range, and what lies behind it. */
export function Caseload() {
  const styles = useStyles();
  const [by, setBy] = useState<CaseloadSummary["by"]>("area");
  const [group, setGroup] = useState<string | null>(null);
  const summary = useRead(`caseload-summary?by=${by}`, CaseloadSummary, { keep: true });
  return (
    <Page title="Check-ins" intro="How the teams’ caseload stands against the guide range, and what lies behind it.">
      <PartsOfCheckIns />
      <RunningRound />
      <Read of={summary} loading={<CaseloadWaiting />}>
        {({ asOf, by: shownBy, coverage, total, groups, withheld }) => {
          if (asOf === null) {
            return (
              <Empty action={<PageLink to="check-ins/rounds">Open the first round</PageLink>}>
                Nothing has been asked yet. Once teams have answered a round, their figures appear here.
              </Empty>
            );
          }
          const shown = groups.find(({ name }) => name === group) ?? total;
          return (
            <>
              {withheld !== null && <Withheld words={withheld} />}
              <LoadByGroup
                by={shownBy}
                chosen={by}
                onBy={(next) => {
                  setBy(next);
                  setGroup(null);
                }}
                total={total}
                groups={groups}
                basis={`As of the check-in of ${day(asOf)}: ${coverage}. ${notSpare} ${loadMeaning}`}
              />
              {groups.length > 1 && (
                <Field label="Figures below are for" className={styles.choice}>
                  <Select value={shown === total ? "" : shown.name} onChange={(_event, { value }) => setGroup(value === "" ? null : value)}>
                    <option value="">All your teams</option>
                    {groups.map(({ name }) => (
                      <option key={name} value={name}>
                        {name}
                      </option>
                    ))}
                  </Select>
                </Field>
              )}
              <FiguresOf of={shown} name={shown === total ? "all your teams" : shown.name} asOf={asOf} />
            </>
          );
        }}
      </Read>
    </Page>
  );
}
