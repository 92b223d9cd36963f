import { Button, makeStyles, Text, tokens } from "@fluentui/react-components";
import { Reminded, Retried, RoundResource } from "../../features/check-ins/contract.ts";
import { inWords } from "../api/problem.ts";
import { useSend } from "../api/use-api.ts";
import { Confirm } from "../parts/confirm.tsx";
import { moment } from "../parts/dates.ts";
import { ProblemBar } from "../parts/states.tsx";
import { refreshed } from "./refreshed.ts";
import type { Round } from "./round-bar.tsx";
import { counted } from "../parts/words.ts";

const useStyles = makeStyles({ buttons: { display: "flex", flexWrap: "wrap", gap: tokens.spacingHorizontalS } });

export interface RoundButtonsProps {
  readonly round: Round;
  /** Called with what was sent, as a sentence. */
  readonly onSent: (said: string) => void;
  /** Called with what to say once the round is closed. */
  readonly onClosed: (said: string) => void;
}

/** Reminds, sends again and closes: what can be done about the round that is open. */
export function RoundButtons({ round: { id, teams, deliveries, closesAt }, onSent, onClosed }: RoundButtonsProps) {
  const styles = useStyles();
  const remind = useSend<{ reminders: number }>(refreshed);
  const retry = useSend<{ cards: number }>(refreshed);
  const close = useSend<Round>(refreshed);
  const path = `check-in-rounds/${id}`;
  return (
    <>
      <div className={styles.buttons}>
        <Confirm
          trigger={<Button disabled={teams.waiting === 0}>Remind</Button>}
          title={`Remind ${counted(teams.waiting, "team")}?`}
          action="Send the reminders"
          onConfirm={async () => {
            const { reminders } = await remind.mutateAsync({ path: `${path}/remind`, schema: Reminded });
            onSent(remindedInWords(reminders));
          }}
        >
          <Text>
            Managers whose team hasn’t answered get a reminder. It leaves out whoever is away, wants no messages, got no
            card, or had a message within a week.
          </Text>
        </Confirm>
        <Button
          disabledFocusable={retry.isPending || deliveries.failed === 0}
          onClick={() =>
            retry.mutate(
              { path: `${path}/retry`, schema: Retried },
              {
                onSuccess: ({ cards }) => onSent(`${counted(cards, "card")} ${cards === 1 ? "is" : "are"} on the way again.`),
              },
            )
          }
        >
          {retry.isPending ? "Sending…" : "Send the failed again"}
        </Button>
        <Confirm
          trigger={<Button>Close the round</Button>}
          title="Close the round now?"
          action="Close the round"
          onConfirm={async () => {
            await close.mutateAsync({ path: `${path}/close`, schema: RoundResource });
            onClosed("The round is closed.");
          }}
        >
          <Text>
            It would stay open until {moment(closesAt)}. No more answers are taken, the cards in the chats change to say so,
            and cards that haven’t gone out stay unsent. {counted(teams.waiting, "team")}{" "}
            {teams.waiting === 1 ? "hasn’t" : "haven’t"} answered. A closed round can’t be opened again.
          </Text>
        </Confirm>
      </div>
      {retry.error !== null && <ProblemBar message={inWords(retry.error)} />}
    </>
  );
}

const nobodyDue =
  "Nobody is due a reminder: whoever is waited for is away, wants no messages, got no card, or had a message within a week.";

function remindedInWords(reminders: number): string {
  if (reminders === 0) return nobodyDue;
  return `${counted(reminders, "reminder")} ${reminders === 1 ? "is" : "are"} on the way.`;
}
