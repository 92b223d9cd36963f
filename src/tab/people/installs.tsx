import { Field, makeStyles, Select, Text, tokens } from "@fluentui/react-components";
import { useState } from "react";
import { type InstallCounts, type InstallResource, InstallsPage, type InstallsStarted } from "../../features/installs/contract.ts";
import { useRead } from "../api/use-api.ts";
import { useList } from "../api/use-list.ts";
import { useMe } from "../me.ts";
import { More } from "../parts/more.tsx";
import { Page, Section } from "../parts/page.tsx";
import { ShareBar } from "../parts/share-bar.tsx";
import { Empty, Read } from "../parts/states.tsx";
import { DataTable } from "../parts/table.tsx";
import { useKeptFocus } from "../parts/use-kept-focus.ts";
import { Waiting } from "../parts/waiting.tsx";
import { number } from "../parts/words.ts";
import { installColumns } from "./install-columns.tsx";
import { InstallEverybody } from "./install-everybody.tsx";
import { begunInWords, installWords, isInstallState, progressInWords } from "./install-words.ts";
import { PartsOfPeople } from "./parts-of.tsx";

type State = InstallResource["state"];

const colours: Readonly<Record<State, string>> = {
  installed: tokens.colorPaletteGreenBackground3,
  pending: tokens.colorNeutralStroke1,
  cannot: tokens.colorPaletteYellowBackground3,
  failed: tokens.colorPaletteRedBackground3,
};
const barOrder = ["installed", "pending", "cannot", "failed"] as const;

const useStyles = makeStyles({
  bar: { display: "grid", gap: tokens.spacingVerticalXS },
  quiet: { color: tokens.colorNeutralForeground2 },
  filter: { maxWidth: "22rem" },
});

/** Milliseconds between two looks at how far it has come. */
const every = 5_000;

/** Who has the app in Teams and who doesn't, with why; and the button that brings it to everybody. */
export function Installs({ mayRun }: { readonly mayRun: boolean }) {
  const summary = useRead("installs?limit=1", InstallsPage, { every });
  return (
    <Page title="The app in Teams" intro="Who has Steady in Teams. Cards reach everybody else by links in e-mails, where a mailbox is set for that.">
      <PartsOfPeople />
      <Read of={summary} loading={<Waiting height={50} />}>
        {(data) => (
          <>
            <Summary page={data} mayRun={mayRun} />
            {data.counts.intended > 0 && <Ledger counts={data.counts} />}
          </>
        )}
      </Read>
    </Page>
  );
}

/** How far it has come, and what can be done. */
function Summary({ page: { counts, startedAt, canInstall }, mayRun }: { readonly page: InstallsPage; readonly mayRun: boolean }) {
  const styles = useStyles();
  const focus = useKeptFocus();
  const { scope } = useMe();
  const [begun, setBegun] = useState<InstallsStarted | null>(null);
  const isStarted = startedAt !== null;
  const isDone = isStarted && counts.failed + counts.cannot === 0;
  const mayPress = mayRun && canInstall && counts.pending === 0 && !isDone;
  const started = (what: InstallsStarted) => {
    setBegun(what);
    // While people are being given the app the button is gone.
    focus.expect();
  };
  return (
    <Section
      title={Array.isArray(scope) ? `The people of ${scope.join(", ")}` : "How far it has come"}
      headingRef={focus.heading}
      actions={mayPress && <InstallEverybody counts={counts} isStarted={isStarted} onStarted={started} />}
    >
      <div className={styles.bar}>
        {counts.intended > 0 && <ShareBar of={counts.intended} parts={barOrder.map((state) => ({ name: state, count: counts[state], colour: colours[state] }))} />}
        <Text size={200} className={styles.quiet}>
          {progressInWords(counts)}
        </Text>
      </div>
      <Text>{hint({ counts, isStarted, canInstall, mayRun })}</Text>
      <Text role="status">{begun === null ? "" : begunInWords(begun, counts)}</Text>
    </Section>
  );
}

interface Standing {
  readonly counts: InstallCounts;
  readonly isStarted: boolean;
  readonly canInstall: boolean;
  readonly mayRun: boolean;
}

/** What is to be known or done now. */
function hint({ counts, isStarted, canInstall, mayRun }: Standing): string {
  if (!canInstall) {
    return "The app can’t be installed from here yet: whoever runs Steady must set TEAMS_APP_ID to the app’s id in your organisation’s catalogue. Until then people add it themselves in Teams.";
  }
  if (counts.pending > 0) return "It is being brought to people now. This page follows by itself, and you can leave it.";
  if (!isStarted) {
    return mayRun
      ? "Install it for everybody, and nobody has to do anything to get it. People can also add it themselves in Teams."
      : "Leads of the whole network can install it for everybody. People can also add it themselves in Teams.";
  }
  return counts.failed + counts.cannot === 0
    ? "Everybody has it. Whoever joins the roster gets it by themselves."
    : "Below is why some don’t have it, and what to do. Whoever joins the roster gets it by themselves.";
}

/** Everybody by name with why they don't have it, of one state or of all. */
function Ledger({ counts }: { readonly counts: InstallCounts }) {
  const styles = useStyles();
  const [only, setOnly] = useState<State | null>(null);
  const path = `installs?limit=50${only === null ? "" : `&state=${only}`}`;
  const rows = useList(path, InstallsPage, { every, keep: true });
  return (
    <Section title="Who has it">
      <Field label="Show" className={styles.filter}>
        <Select value={only ?? "all"} onChange={(_event, { value }) => setOnly(isInstallState(value) ? value : null)}>
          <option value="all">Everybody ({number(counts.intended)})</option>
          {Object.entries(installWords).map(([state, words]) => (
            <option key={state} value={state}>
              {words} ({number(isInstallState(state) ? counts[state] : 0)})
            </option>
          ))}
        </Select>
      </Field>
      <Read of={rows} loading={<Waiting height={40} />}>
        {(items) =>
          items.length === 0 ? (
            <Empty>Nobody is in this state.</Empty>
          ) : (
            <>
              <DataTable caption="Who has the app" columns={installColumns} rows={items} keyOf={({ id }) => id} stacks />
              <More list={rows} />
            </>
          )
        }
      </Read>
    </Section>
  );
}
