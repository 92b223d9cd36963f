import { Button, Text } from "@fluentui/react-components";
import { WaveResource } from "../../features/pulse/contract.ts";
import { useSend } from "../api/use-api.ts";
import { Confirm } from "../parts/confirm.tsx";

/** Opens a survey before its time. */
export function OpenWave({ onDone }: { readonly onDone: (note: string) => void }) {
  const send = useSend<WaveResource>(["pulse", "overview", "deliveries"]);
  const open = async () => {
    await send.mutateAsync({ path: "pulse-waves", body: {}, schema: WaveResource });
    onDone("The survey is open, and its cards are on their way.");
  };
  return (
    <Confirm trigger={<Button appearance="primary">Open a survey</Button>} title="Open a survey now?" action="Open it" onConfirm={open}>
      <Text>
        Every manager and team member in the roster is asked once, with a card of their own; whoever had one from Steady
        this week gets it when the week is over. Nobody, you included, sees who answered or what.
      </Text>
    </Confirm>
  );
}
