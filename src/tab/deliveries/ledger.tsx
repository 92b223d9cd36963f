import { Text } from "@fluentui/react-components";
import { useState } from "react";
import { inWords } from "../api/problem.ts";
import { useMe } from "../me.ts";
import { DeliveryBar } from "../parts/delivery-bar.tsx";
import { NotFound, Page, PageLink, Section } from "../parts/page.tsx";
import { ProblemBar, Read } from "../parts/states.tsx";
import { Waiting } from "../parts/waiting.tsx";
import { useKeptFocus } from "../parts/use-kept-focus.ts";
import { Cards } from "./cards.tsx";
import { Retry } from "./retry.tsx";
import { othersInWords } from "./words.ts";
import { type Occasion, useOccasion } from "./use-occasion.ts";

/** What became of the cards of a round or a meeting, and the button that sends the failed ones again. */
export function Ledger({ id }: { readonly id: string }) {
  const { occasion, read, isUnknown } = useOccasion(id);
  if (isUnknown) return <NotFound />;
  return (
    <Page title={occasion?.title ?? "Cards"} intro={<PageLink to="deliveries">All deliveries</PageLink>}>
      {occasion === null ? (
        <Read of={read} loading={<Waiting height={40} />}>
          {() => null}
        </Read>
      ) : (
        <>
          <Counts occasion={occasion} />
          <Cards occasion={id} kind={occasion.kind} />
        </>
      )}
    </Page>
  );
}

function Counts({ occasion: { deliveries, retryPath, retriable, others, isOver } }: { readonly occasion: Occasion }) {
  const { role, scope } = useMe();
  const focus = useKeptFocus();
  const [said, setSaid] = useState("");
  const [error, setError] = useState<unknown>(null);
  const mayRun = role === "admin" || scope === "network";
  const done = (words: string) => {
    setSaid(words);
    setError(null);
    // Once nothing is failed any more the button is gone.
    focus.expect();
  };
  return (
    <Section
      title={mayRun ? "How it went" : "How it went in the whole network"}
      headingRef={focus.heading}
      actions={mayRun && retriable > 0 && <Retry path={retryPath} onDone={done} onFault={setError} />}
    >
      <DeliveryBar counts={deliveries} />
      {deliveries.failed > 0 && isOver !== null && <Text>{isOver}</Text>}
      {others > 0 && <Text>{othersInWords(others)}</Text>}
      {retriable > 0 && !mayRun && <Text>Leads of the whole network can send the failed ones again.</Text>}
      <Text role="status">{said}</Text>
      {error !== null && <ProblemBar message={inWords(error)} />}
    </Section>
  );
}
