import { type ChangeBody, MeetingDetails } from "../../features/meetings/contract.ts";
import { useSend } from "../api/use-api.ts";

/** Changes a meeting; resolves once it is stored. */
export function useChange(id: string) {
  const send = useSend<MeetingDetails>(["meetings", "overview"]);
  return {
    ...send,
    change: (body: ChangeBody) => send.mutateAsync({ path: `meetings/${id}`, method: "PATCH", body, schema: MeetingDetails }),
  };
}
