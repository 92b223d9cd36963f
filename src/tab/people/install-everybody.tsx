import { Button, Text } from "@fluentui/react-components";
import { type InstallCounts, InstallsStarted } from "../../features/installs/contract.ts";
import { useSend } from "../api/use-api.ts";
import { Confirm } from "../parts/confirm.tsx";
import { counted } from "../parts/words.ts";

export interface InstallEverybodyProps {
  readonly counts: InstallCounts;
  /** True when it was begun before. */
  readonly isStarted: boolean;
  /** Called with what was begun. */
  readonly onStarted: (what: InstallsStarted) => void;
}

/** Brings the app to everybody who can have it, or once more to those for whom it failed, and says before what happens. */
export function InstallEverybody({ counts: { failed }, isStarted, onStarted }: InstallEverybodyProps) {
  const send = useSend<InstallsStarted>(["installs", "people", "audit-log"]);
  const begin = async () => {
    // Once it is under way this button is gone, and what it would be called back with.
    onStarted(await send.mutateAsync({ path: "installs", schema: InstallsStarted }));
  };
  return (
    <Confirm
      trigger={<Button appearance="primary">{isStarted ? "Install again" : "Install for everybody"}</Button>}
      title={isStarted ? "Install the app again?" : "Install the app for everybody?"}
      action={isStarted ? "Install again" : "Install for everybody"}
      onConfirm={begin}
    >
      {isStarted ? (
        <Text>
          {failed > 0 ? `${counted(failed, "person", "people")} for whom it failed and whoever is left out` : "Whoever is left out"} are looked at again,
          and who can have the app now gets it. Who has it already notices nothing.
        </Text>
      ) : (
        <>
          <Text>
            Everybody of the roster who is in your organisation and doesn’t have Steady yet gets it in Teams. They have nothing to do: a first card
            says what Steady is, how often it writes and how to stop it, and cards that they missed follow.
          </Text>
          <Text>People who join the roster later get it by themselves.</Text>
        </>
      )}
      <Text>
        It isn’t brought to guests, to people of other organisations, to those who have said stop, or back to those for whom it was taken out of Teams.
      </Text>
    </Confirm>
  );
}
