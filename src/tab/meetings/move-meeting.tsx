import { Button, Field, Input, Text } from "@fluentui/react-components";
import { useState } from "react";
import type { MeetingDetails } from "../../features/meetings/contract.ts";
import { Confirm } from "../parts/confirm.tsx";
import { localTime } from "./local-time.ts";
import { useChange } from "./use-change.ts";

/** Moves a meeting to another day or time. */
export function MoveMeeting({ meeting }: { readonly meeting: MeetingDetails }) {
  const now = localTime(meeting.startsAt, meeting.zone);
  const length = (Date.parse(meeting.endsAt) - Date.parse(meeting.startsAt)) / 60_000;
  const [date, setDate] = useState(now.date);
  const [time, setTime] = useState(now.time);
  const [minutes, setMinutes] = useState(String(length));
  const { change } = useChange(meeting.id);
  const isSame = date === now.date && time === now.time && Number(minutes) === length;
  return (
    <Confirm
      trigger={<Button>Move</Button>}
      title="Move this meeting"
      action="Move it"
      canConfirm={!isSame && date !== "" && time !== ""}
      onConfirm={() => change({ on: date, start: time, minutes: Number(minutes) })}
    >
      <Text>Everybody who was invited is told, and asked again whether they come. The rhythm of later meetings stays.</Text>
      <Field label="Day">
        <Input type="date" value={date} onChange={(_event, { value }) => setDate(value)} />
      </Field>
      <Field label="Start">
        <Input type="time" value={time} onChange={(_event, { value }) => setTime(value)} />
      </Field>
      <Field label="Length">
        <Input type="number" contentAfter="minutes" value={minutes} onChange={(_event, { value }) => setMinutes(value)} />
      </Field>
    </Confirm>
  );
}
