import { Button, Text } from "@fluentui/react-components";
import { MeetingDetails } from "../../features/meetings/contract.ts";
import { useSend } from "../api/use-api.ts";
import { Confirm } from "../parts/confirm.tsx";

/** Cancels a meeting. */
export function CancelMeeting({ meeting }: { readonly meeting: MeetingDetails }) {
  const send = useSend<MeetingDetails>(["meetings", "overview"]);
  const cancel = () => send.mutateAsync({ path: `meetings/${meeting.id}`, method: "DELETE", schema: MeetingDetails });
  return (
    <Confirm trigger={<Button>Cancel the meeting</Button>} title="Cancel this meeting" action="Cancel the meeting" onConfirm={cancel}>
      <Text>Everybody who was invited is told, in their calendar and by a card. A cancelled meeting can’t be brought back.</Text>
    </Confirm>
  );
}
