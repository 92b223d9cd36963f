import { makeStyles, Text, tokens } from "@fluentui/react-components";
import type { ReactNode } from "react";
import type { Overview } from "../../features/overview/contract.ts";
import { RsvpBar } from "../rsvps/rsvp-bar.tsx";
import { day, moment, span } from "../parts/dates.ts";
import { DeliveryBar } from "../parts/delivery-bar.tsx";
import { PageLink, Section } from "../parts/page.tsx";
import { ShareBar } from "../parts/share-bar.tsx";
import { answersInWords, waveInWords } from "./words.ts";

const useStyles = makeStyles({
  blocks: {
    display: "grid",
    gap: tokens.spacingHorizontalXXL,
    gridTemplateColumns: "repeat(auto-fit, minmax(min(100%, 260px), 1fr))",
  },
  block: { display: "grid", gap: tokens.spacingVerticalM, alignContent: "start" },
  head: { display: "grid", gap: tokens.spacingVerticalXXS },
  title: { margin: 0, fontSize: tokens.fontSizeBase300, lineHeight: tokens.lineHeightBase300, fontWeight: tokens.fontWeightSemibold },
  bar: { display: "grid", gap: tokens.spacingVerticalXS },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** The check-in, the meeting and the survey that run, come next or ran last, with how far each has come. */
export function Progress({ overview: { round, meeting, wave } }: { readonly overview: Overview }) {
  const styles = useStyles();
  return (
    <Section title="Where the network stands">
      <div className={styles.blocks}>
        <RoundBlock round={round} />
        <MeetingBlock meeting={meeting} />
        <WaveBlock wave={wave} />
      </div>
    </Section>
  );
}

function RoundBlock({ round }: Pick<Overview, "round">) {
  if (round === null) return <Block title="Check-in" to="check-ins" about="No check-in has gone out yet." />;
  const { opensOn, state, closesAt, closedAt, teams, deliveries } = round;
  return (
    <Block
      title={`Check-in of ${day(opensOn)}`}
      to="check-ins"
      about={state === "open" ? `Open until ${moment(closesAt)}.` : `Closed on ${day(closedAt ?? closesAt)}.`}
    >
      <Share part={teams.answered} of={teams.answered + teams.skipped + teams.waiting} words={answersInWords(teams)} />
      <DeliveryBar counts={deliveries} />
    </Block>
  );
}

function MeetingBlock({ meeting }: Pick<Overview, "meeting">) {
  if (meeting === null) return <Block title="Meeting" to="meetings" about="No meeting is booked." />;
  const { id, title, startsAt, endsAt, zone, rsvps, deliveries } = meeting;
  return (
    <Block title={title} to={`meetings/${id}`} about={`${span(startsAt, endsAt, zone)}.`}>
      <RsvpBar rsvps={rsvps} />
      <DeliveryBar counts={deliveries} />
    </Block>
  );
}

function WaveBlock({ wave }: Pick<Overview, "wave">) {
  if (wave === null) return <Block title="Survey" to="pulse" about="No survey has been opened yet." />;
  const { id, openedAt, closedAt, responseRate, asked, deliveries } = wave;
  return (
    <Block title={`Survey of ${day(openedAt)}`} to={closedAt === null ? "pulse" : `pulse/${id}`} about={waveInWords(wave)}>
      {responseRate === null ? (
        <Text size={200}>Nobody was asked.</Text>
      ) : (
        <Share part={responseRate} of={100} words={`About ${responseRate}% of about ${asked} people have answered; all figures here are rounded to 5`} />
      )}
      <DeliveryBar counts={deliveries} />
    </Block>
  );
}

interface BlockProps {
  readonly title: string;
  readonly to: string;
  readonly about: string;
  readonly children?: ReactNode;
}

function Block({ title, to, about, children }: BlockProps) {
  const styles = useStyles();
  return (
    <div className={styles.block}>
      <div className={styles.head}>
        <h3 className={styles.title}>
          <PageLink to={to}>{title}</PageLink>
        </h3>
        <Text size={200} className={styles.quiet}>
          {about}
        </Text>
      </div>
      {children}
    </div>
  );
}

function Share({ part, of, words }: { readonly part: number; readonly of: number; readonly words: string }) {
  const styles = useStyles();
  return (
    <div className={styles.bar}>
      <ShareBar of={of} parts={[{ name: "answered", count: part, colour: tokens.colorCompoundBrandBackground }]} />
      <Text size={200}>{words}</Text>
    </div>
  );
}
