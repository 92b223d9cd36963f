import { Badge, Button, makeStyles, Text, tokens } from "@fluentui/react-components";
import { useLocation } from "wouter";
import { MeetingDetails, type MeetingPlan, PollResource } from "../../features/meetings/contract.ts";
import { useSend } from "../api/use-api.ts";
import { Confirm } from "../parts/confirm.tsx";
import { day, span, timeOfDay } from "../parts/dates.ts";
import { Section } from "../parts/page.tsx";
import { Withheld } from "../parts/states.tsx";
import { localTime } from "./local-time.ts";

type Item = MeetingPlan["items"][number];
type Slot = Item["slots"][number];

const useStyles = makeStyles({
  slots: { display: "grid", gap: tokens.spacingVerticalM, margin: 0, padding: 0, listStyleType: "none" },
  slot: {
    display: "flex",
    flexWrap: "wrap",
    gap: tokens.spacingHorizontalL,
    alignItems: "flex-start",
    justifyContent: "space-between",
    paddingTop: tokens.spacingVerticalM,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  words: { display: "grid", gap: tokens.spacingVerticalXXS, flex: "1 1 18rem", justifyItems: "start" },
  reasons: { margin: 0, paddingLeft: tokens.spacingHorizontalL, color: tokens.colorNeutralForeground2 },
});

/** One date of the rhythm: its best slots with their reasons, to book or to ask about. */
export function Proposal({ proposal }: { readonly proposal: Item }) {
  const styles = useStyles();
  const [, go] = useLocation();
  const ask = useSend<PollResource>(["meetings"]);
  const { plannedOn, slots, best, isFine } = proposal;
  const possible = slots.filter(({ faults }) => faults.length === 0);
  return (
    <Section
      title={`Planned for ${day(plannedOn)}`}
      actions={
        possible.length > 1 && (
          <Confirm
            trigger={<Button>Ask everybody</Button>}
            title="Ask everybody which date suits"
            action="Send the poll"
            onConfirm={async () => {
              await ask.mutateAsync({ path: "meetings/plan/poll", body: { plannedOn }, schema: PollResource });
              go("/meetings");
            }}
          >
            <Text>Everybody gets a card with the best three dates. You book the one that suits most.</Text>
          </Confirm>
        )
      }
    >
      {!isFine && best !== null && <Withheld words="The planned day doesn’t suit; the best other one comes first." />}
      {possible.length === 0 && <Withheld words="No day within a week either side can be had. Look at the dates to avoid in the settings." />}
      <ul className={styles.slots}>
        {slots.slice(0, 6).map((slot) => (
          <li key={slot.startsAt} className={styles.slot}>
            <SlotWords slot={slot} isBest={slot.startsAt === best?.startsAt} />
            {slot.faults.length === 0 && <Book slot={slot} plannedOn={plannedOn} />}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function SlotWords({ slot, isBest }: { readonly slot: Slot; readonly isBest: boolean }) {
  const styles = useStyles();
  const lines = [...slot.faults, ...slot.reasons];
  return (
    <div className={styles.words}>
      <Text weight="semibold">{span(slot.startsAt, slot.endsAt)}</Text>
      {isBest && (
        <Badge appearance="tint" color="success">
          Best
        </Badge>
      )}
      {slot.faults.length > 0 && (
        <Badge appearance="tint" color="danger">
          Can’t be held then
        </Badge>
      )}
      <ul className={styles.reasons}>
        {lines.map((line) => (
          <li key={line}>
            <Text size={200}>{line}</Text>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Book({ slot, plannedOn }: { readonly slot: Slot; readonly plannedOn: string }) {
  const [, go] = useLocation();
  const send = useSend<MeetingDetails>(["meetings", "overview"]);
  const book = async () => {
    const { date, time } = localTime(slot.startsAt);
    const { id } = await send.mutateAsync({ path: "meetings", body: { on: date, start: time, plannedOn }, schema: MeetingDetails });
    go(`/meetings/${id}`);
  };
  const words = `${day(slot.startsAt)}, ${timeOfDay(slot.startsAt)}`;
  return (
    <Confirm
      trigger={
        <Button appearance="primary" size="small" aria-label={`Book ${words}`}>
          Book
        </Button>
      }
      title={`Book ${words}`}
      action="Book it"
      onConfirm={book}
    >
      <Text>Everybody gets an invitation by calendar and, some days before the meeting, a card that asks whether they come.</Text>
    </Confirm>
  );
}
