import { Button, Text } from "@fluentui/react-components";
import { WaveResource } from "../../features/pulse/contract.ts";
import { useSend } from "../api/use-api.ts";
import { Confirm } from "../parts/confirm.tsx";

export interface ShareWaveProps {
  readonly wave: string;
  readonly onDone: (note: string) => void;
  readonly isPrimary?: boolean;
}

/** Shares a closed survey's results. */
export function ShareWave({ wave, onDone, isPrimary = true }: ShareWaveProps) {
  const send = useSend<WaveResource>(["pulse", "overview"]);
  const share = async () => {
    await send.mutateAsync({ path: `pulse-waves/${wave}/share`, schema: WaveResource });
    onDone("The results are shared: everybody who was asked gets a card, and viewers find them in their tab.");
  };
  return (
    <Confirm
      trigger={<Button appearance={isPrimary ? "primary" : "secondary"}>Share the results</Button>}
      title="Share the results?"
      action="Share them"
      onConfirm={share}
    >
      <Text>
        Everybody who was asked gets a card with the results, and viewers such as commissioners find them in their tab.
        Sharing can’t be taken back.
      </Text>
    </Confirm>
  );
}
