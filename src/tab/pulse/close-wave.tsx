import { Button, Checkbox, Text } from "@fluentui/react-components";
import { useState } from "react";
import { WaveResource } from "../../features/pulse/contract.ts";
import { ApiFault } from "../api/problem.ts";
import { useSend } from "../api/use-api.ts";
import { Confirm } from "../parts/confirm.tsx";

export interface CloseWaveProps {
  readonly wave: WaveResource;
  readonly onDone: (note: string) => void;
}

/** Closes a survey before its time, or gives one up whose key is lost. */
export function CloseWave({ wave, onDone }: CloseWaveProps) {
  const [giveUp, setGiveUp] = useState(false);
  const send = useSend<WaveResource>(["pulse", "overview"]);
  const close = async () => {
    const { state } = await send.mutateAsync({ path: `pulse-waves/${wave.id}/close`, body: giveUp ? { giveUp } : {}, schema: WaveResource });
    onDone(
      state === "lost"
        ? "The survey is closed without results. Share that with everybody who was asked."
        : "The survey is closed. Look at its results, then share them.",
    );
  };
  // The server refuses a close only where the key is missing, or is there after all.
  const isRefused = send.error instanceof ApiFault && send.error.status === 409;
  return (
    <Confirm trigger={<Button>Close it now</Button>} title="Close the survey now?" action={giveUp ? "Close it without results" : "Close it"} onConfirm={close}>
      <Text block>Nobody can answer afterwards, and it can’t be opened again. The answers are counted at once. No new card goes out until you share the results.</Text>
      {(isRefused || giveUp) && (
        <Checkbox
          label="The key is lost for good: close the survey without results"
          checked={giveUp}
          onChange={(_event, { checked }) => setGiveUp(checked === true)}
        />
      )}
    </Confirm>
  );
}
