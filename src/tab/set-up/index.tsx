import { Field, makeStyles, Radio, RadioGroup, Text, tokens } from "@fluentui/react-components";
import { useEffect, useState } from "react";
import type { TabSetUp } from "../host/host.ts";
import { useHost } from "../host/use-host.ts";
import { pageNames as pages } from "../page-names.ts";
import { Page } from "../parts/page.tsx";
import { whoFinds } from "./who-finds.ts";

const useStyles = makeStyles({
  main: {
    padding: `${tokens.spacingVerticalL} ${tokens.spacingHorizontalXXL}`,
    "@media (max-width: 480px)": { paddingInline: tokens.spacingHorizontalM },
  },
  choices: { gap: tokens.spacingVerticalXXS },
  label: { display: "grid" },
  who: { color: tokens.colorNeutralForeground2 },
});

/** What Teams shows when somebody adds Steady to a channel or a chat, or changes the tab there: which page it opens. */
export default function SetUpTab({ tab }: { readonly tab: TabSetUp }) {
  const host = useHost();
  const styles = useStyles();
  const [chosen, setChosen] = useState<string | null>(null);
  useEffect(() => {
    document.title = "Add a tab · Steady";
    host.ready();
    // Teams may not say what a tab opened so far; then nothing is chosen yet.
    tab.opensSoFar().then(
      (page) => setChosen((now) => now ?? page),
      () => undefined,
    );
  }, [host, tab]);
  const page = pages.find(({ name }) => name === chosen);
  useEffect(() => {
    if (page !== undefined) tab.choose(page.name, page.title);
  }, [tab, page]);
  return (
    <main className={styles.main}>
      <Page
        title="Which page should this tab open?"
        intro="Everybody sees here what their own role may see, and nothing else: the same as in their own Steady. Whoever hasn’t got the page that you choose sees their own first page instead, and people outside your network’s roster see nothing."
      >
        <Field label="The tab opens">
          <RadioGroup className={styles.choices} value={chosen ?? ""} onChange={(_event, { value }) => setChosen(value)}>
            {pages.map(({ name, title, isFor }) => (
              <Radio
                key={name}
                value={name}
                label={
                  <span className={styles.label}>
                    {title}
                    <Text size={200} className={styles.who}>
                      {whoFinds({ isFor })}
                    </Text>
                  </span>
                }
              />
            ))}
          </RadioGroup>
        </Field>
        <Text role="status">{page === undefined ? "" : `This tab will open ${page.title}. Press Save in Teams to keep that.`}</Text>
      </Page>
    </main>
  );
}
