import { Button, Checkbox, Text } from "@fluentui/react-components";
import { useState } from "react";
import { WaveResource } from "../../features/pulse/contract.ts";
import { useSend } from "../api/use-api.ts";
import { Confirm } from "../parts/confirm.tsx";

/** Closes a survey before its time, or gives one up whose key is lost. */
export function CloseWave({ wave, onDone }: { readonly wave: WaveResource; readonly onDone: (note: string) => void }) {
  const [giveUp, setGiveUp] = useState(false);
  const send = useSend<WaveResource>(["pulse", "overview"]);
  const close = async () => {
    await send.mutateAsync({ path: `pulse-waves/${wave.id}/close`, body: giveUp ? { giveUp } : {}, schema: WaveResource });
    onDone("The survey is closed. Look at its results, then share them.");
  };
  return (
    <Confirm trigger={<Button>Close it now</Button>} title="Close the survey now" action="Close it" onConfirm={close}>
      <Text>Nobody can answer afterwards, and it can’t be opened again. The results are counted at once.</Text>
      {send.error !== null && (
        <Checkbox
          label="Its key is lost for good: close it without results"
          checked={giveUp}
          onChange={(_event, { checked }) => setGiveUp(checked === true)}
        />
      )}
    </Confirm>
  );
}
