import { makeStyles, tokens } from "@fluentui/react-components";
import { RoundPage } from "../../features/check-ins/contract.ts";
import { MeetingPage } from "../../features/meetings/contract.ts";
import { WavePage } from "../../features/pulse/contract.ts";
import { useRead } from "../api/use-api.ts";
import { day } from "../parts/dates.ts";
import { type DeliveryCounts, DeliveryBar } from "../parts/delivery-bar.tsx";
import { Page, PageLink, Section } from "../parts/page.tsx";
import { Empty, Read } from "../parts/states.tsx";

interface Occasion {
  readonly id: string;
  readonly title: string;
  readonly deliveries: DeliveryCounts;
  /** Of surveys nobody sees single cards. */
  readonly hasLedger: boolean;
}

const useStyles = makeStyles({
  list: { display: "grid", gap: tokens.spacingVerticalL, margin: 0, padding: 0, listStyleType: "none" },
  item: { display: "grid", gap: tokens.spacingVerticalXS },
});

/** The occasions that cards went out for, the newest first. */
export function Occasions() {
  const rounds = useRead("check-in-rounds?limit=12", RoundPage, { every: 10_000 });
  const meetings = useRead("meetings?limit=12", MeetingPage, { every: 10_000 });
  const waves = useRead("pulse-waves?limit=6", WavePage, { every: 30_000 });
  return (
    <Page title="Deliveries" intro="Every card that Steady means to send, and what became of it.">
      <Section title="Check-ins">
        <Read of={rounds}>
          {({ items }) => (
            <OccasionList
              none="No check-in has gone out yet. Open the first one on the Check-ins page."
              items={items.map(({ id, opensOn, deliveries }) => ({ id, title: day(opensOn), deliveries, hasLedger: true }))}
            />
          )}
        </Read>
      </Section>
      <Section title="Meetings">
        <Read of={meetings}>
          {({ items }) => (
            <OccasionList
              none="No meeting is booked yet. Book the first one on the Meetings page."
              items={items.map(({ id, title, startsAt, zone, deliveries }) => ({
                id,
                title: `${title}, ${day(startsAt, { zone })}`,
                deliveries,
                hasLedger: true,
              }))}
            />
          )}
        </Read>
      </Section>
      <Section title="Surveys, rounded to 5">
        <Read of={waves}>
          {({ items }) => (
            <OccasionList
              none="No survey has been opened yet. Open the first one on the Pulse page."
              items={items.map(({ id, openedAt, deliveries }) => ({ id, title: day(openedAt), deliveries, hasLedger: false }))}
            />
          )}
        </Read>
      </Section>
    </Page>
  );
}

function OccasionList({ items, none }: { readonly items: readonly Occasion[]; readonly none: string }) {
  const styles = useStyles();
  if (items.length === 0) return <Empty>{none}</Empty>;
  return (
    <ul className={styles.list}>
      {items.map(({ id, title, deliveries, hasLedger }) => (
        <li key={id} className={styles.item}>
          {hasLedger ? <PageLink to={`deliveries/${id}`}>{title}</PageLink> : <span>{title}</span>}
          <DeliveryBar counts={deliveries} />
        </li>
      ))}
    </ul>
  );
}
