import { Button, Text } from "@fluentui/react-components";
import { MeetingDetails } from "../../features/meetings/contract.ts";
import { useSend } from "../api/use-api.ts";
import { Confirm } from "../parts/confirm.tsx";

/** Cancels a meeting. */
export function CancelMeeting({ meeting, onDone }: { readonly meeting: MeetingDetails; readonly onDone: () => void }) {
  const send = useSend<MeetingDetails>(["meetings", "overview"]);
  const cancel = async () => {
    await send.mutateAsync({ path: `meetings/${meeting.id}`, method: "DELETE", schema: MeetingDetails });
    onDone();
  };
  return (
    <Confirm trigger={<Button>Cancel the meeting</Button>} title="Cancel this meeting?" action="Cancel the meeting" onConfirm={cancel}>
      <Text>
        It goes from the calendars of everybody who was invited, and whoever said yes or maybe gets a card that says so. A cancelled meeting
        can’t be brought back.
      </Text>
    </Confirm>
  );
}
