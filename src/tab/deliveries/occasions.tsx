import { Badge, makeStyles, Text, tokens } from "@fluentui/react-components";
import type { UseInfiniteQueryResult } from "@tanstack/react-query";
import { RoundPage } from "../../features/check-ins/contract.ts";
import { MeetingPage } from "../../features/meetings/contract.ts";
import { WavePage } from "../../features/pulse/contract.ts";
import { useList } from "../api/use-list.ts";
import { useMe } from "../me.ts";
import { day } from "../parts/dates.ts";
import { type DeliveryCounts, DeliveryBar } from "../parts/delivery-bar.tsx";
import { More } from "../parts/more.tsx";
import { Page, PageLink, Section } from "../parts/page.tsx";
import { Empty, Read } from "../parts/states.tsx";
import { Waiting } from "../parts/waiting.tsx";

interface Occasion {
  readonly id: string;
  readonly title: string;
  readonly deliveries: DeliveryCounts;
  /** Of surveys nobody sees single cards. */
  readonly hasLedger: boolean;
}

const useStyles = makeStyles({
  list: { display: "grid", gap: tokens.spacingVerticalL, margin: 0, padding: 0, listStyleType: "none" },
  item: {
    display: "grid",
    gap: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalL}`,
    gridTemplateColumns: "minmax(0, 24rem) minmax(0, 1fr)",
    alignItems: "start",
    "@media (max-width: 640px)": { gridTemplateColumns: "minmax(0, 1fr)" },
  },
  title: { display: "flex", flexWrap: "wrap", gap: tokens.spacingHorizontalS, alignItems: "center" },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** The occasions that cards went out for, the newest first. */
export function Occasions() {
  const styles = useStyles();
  const { scope } = useMe();
  const rounds = useList("check-in-rounds?limit=5", RoundPage, { every: 10_000 });
  const meetings = useList("meetings?limit=5", MeetingPage, { every: 10_000 });
  const waves = useList("pulse-waves?limit=5", WavePage, { every: 30_000 });
  const ofAll = Array.isArray(scope) ? " The counts here are the whole network’s; behind each date are the cards of your areas." : "";
  return (
    <Page title="Deliveries" intro={`Every card that Steady means to send, and what became of it.${ofAll}`}>
      <Section title="Check-ins">
        <OccasionList
          of={rounds}
          none="No check-in has gone out yet. Open the first one on the Check-ins page."
          occasion={({ id, opensOn, deliveries }) => ({ id, title: day(opensOn), deliveries, hasLedger: true })}
        />
      </Section>
      <Section title="Meetings">
        <OccasionList
          of={meetings}
          none="No meeting is booked yet. Book the first one on the Meetings page."
          occasion={({ id, title, startsAt, zone, deliveries }) => ({
            id,
            title: `${title}, ${day(startsAt, { zone })}`,
            deliveries,
            hasLedger: true,
          })}
        />
      </Section>
      <Section title="Surveys">
        <Text className={styles.quiet}>Nobody sees the single cards of a survey, so these are counts, rounded to 5.</Text>
        <OccasionList
          of={waves}
          none="No survey has been opened yet. Open the first one on the Pulse page."
          occasion={({ id, openedAt, deliveries }) => ({ id, title: day(openedAt), deliveries, hasLedger: false })}
        />
      </Section>
    </Page>
  );
}

interface OccasionListProps<T> {
  readonly of: UseInfiniteQueryResult<readonly T[]>;
  readonly occasion: (one: T) => Occasion;
  readonly none: string;
}

function OccasionList<T>({ of, occasion, none }: OccasionListProps<T>) {
  const styles = useStyles();
  return (
    <Read of={of} loading={<Waiting height={14} />}>
      {(items) =>
        items.length === 0 ? (
          <Empty>{none}</Empty>
        ) : (
          <>
            <ul className={styles.list}>
              {items.map(occasion).map(({ id, title, deliveries, hasLedger }) => (
                <li key={id} className={styles.item}>
                  <span className={styles.title}>
                    {hasLedger ? <PageLink to={`deliveries/${id}`}>{title}</PageLink> : <Text>{title}</Text>}
                    {deliveries.failed > 0 && (
                      <Badge appearance="tint" color="danger">
                        {deliveries.failed} failed
                      </Badge>
                    )}
                  </span>
                  <DeliveryBar counts={deliveries} />
                </li>
              ))}
            </ul>
            <More list={of} />
          </>
        )
      }
    </Read>
  );
}
