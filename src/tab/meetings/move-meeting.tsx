import { Button, Field, Input, makeStyles, Text, tokens } from "@fluentui/react-components";
import { useState } from "react";
import type { MeetingDetails } from "../../features/meetings/contract.ts";
import { ApiFault } from "../api/problem.ts";
import { Confirm } from "../parts/confirm.tsx";
import { localTime } from "./local-time.ts";
import { useChange } from "./use-change.ts";

const useStyles = makeStyles({
  all: { display: "grid", gap: tokens.spacingVerticalM },
  fields: { display: "grid", gap: tokens.spacingHorizontalM, gridTemplateColumns: "repeat(auto-fit, minmax(min(10rem, 100%), 1fr))", alignItems: "start" },
});

interface Draft {
  readonly on?: string;
  readonly start?: string;
  readonly minutes?: string;
}

/** Moves a meeting to another day or time. */
export function MoveMeeting({ meeting, onDone }: { readonly meeting: MeetingDetails; readonly onDone: () => void }) {
  const styles = useStyles();
  const now = localTime(meeting.startsAt, meeting.zone);
  const length = String((Date.parse(meeting.endsAt) - Date.parse(meeting.startsAt)) / 60_000);
  const [draft, setDraft] = useState<Draft>({});
  const { change, error } = useChange(meeting.id);
  const { on = now.date, start = now.time, minutes = length } = draft;
  const isSame = on === now.date && start === now.time && minutes === length;
  const move = async () => {
    await change({ on, start, minutes: Number(minutes) });
    setDraft({});
    onDone();
  };
  const stateOf = (path: string) => {
    const found = error instanceof ApiFault ? error.errors.find((one) => one.path === path) : undefined;
    return found === undefined ? {} : ({ validationState: "error", validationMessage: found.message } as const);
  };
  return (
    <Confirm
      trigger={<Button>Move</Button>}
      title="Move this meeting"
      action="Move it"
      canConfirm={!isSame && on !== "" && start !== "" && minutes !== ""}
      onConfirm={move}
    >
      <div className={styles.all}>
        <Text>
          The entry in everybody’s calendar moves. Answers so far no longer count: whoever said yes or maybe gets a card that asks again. Later
          meetings stay where they are.
        </Text>
        <div className={styles.fields}>
          <Field label="Day" {...stateOf("on")}>
            <Input type="date" value={on} onChange={(_event, { value }) => setDraft({ ...draft, on: value })} />
          </Field>
          <Field label="Start" {...stateOf("start")}>
            <Input type="time" value={start} onChange={(_event, { value }) => setDraft({ ...draft, start: value })} />
          </Field>
          <Field label="Length" {...stateOf("minutes")}>
            <Input
              type="number"
              min={15}
              max={480}
              step={5}
              contentAfter="minutes"
              value={minutes}
              onChange={(_event, { value }) => setDraft({ ...draft, minutes: value })}
            />
          </Field>
        </div>
      </div>
    </Confirm>
  );
}
