import { Button, Text } from "@fluentui/react-components";
import { WaveResource } from "../../features/pulse/contract.ts";
import { useSend } from "../api/use-api.ts";
import { Confirm } from "../parts/confirm.tsx";

/** Shares a closed survey's results. */
export function ShareWave({ wave, onDone }: { readonly wave: string; readonly onDone: (note: string) => void }) {
  const send = useSend<WaveResource>(["pulse", "overview"]);
  const share = async () => {
    await send.mutateAsync({ path: `pulse-waves/${wave}/share`, schema: WaveResource });
    onDone("The results are shared with everybody who was asked, and with viewers.");
  };
  return (
    <Confirm trigger={<Button appearance="primary">Share the results</Button>} title="Share the results" action="Share them" onConfirm={share}>
      <Text>Everybody who was asked gets a card with the results as you see them here, and viewers find them in their tab. It can’t be taken back.</Text>
    </Confirm>
  );
}
