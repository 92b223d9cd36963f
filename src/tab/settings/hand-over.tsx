import { Button, Checkbox, Text } from "@fluentui/react-components";
import { useState } from "react";
import { HandedOver, type PersonResource } from "../../features/roster/contract.ts";
import { useSend } from "../api/use-api.ts";
import { Confirm } from "../parts/confirm.tsx";
import { PersonPicker } from "../parts/person-picker.tsx";
import { faultAt } from "../api/problem.ts";

/** Makes somebody else a lead of the whole network, with or without staying one. */
export function HandOver({ onDone }: { readonly onDone: (note: string) => void }) {
  const [to, setTo] = useState<PersonResource | null>(null);
  const [stepsDown, setStepsDown] = useState(false);
  // Whoever steps down may not read the list of leads any more, and reads what came of it first.
  const send = useSend<HandedOver>(stepsDown ? [] : ["people", "audit-log"]);
  const confirm = async () => {
    const handed = await send.mutateAsync({
      path: "network/hand-over",
      body: { to: to?.id ?? "", ...(stepsDown ? { step: "down" } : {}) },
      schema: HandedOver,
    });
    const yours = handed.you.role === "lead" ? "" : " You are no lead any more: put this note away to go on.";
    onDone(`${handed.to.name} now leads the whole network.${yours} ${handed.note}`);
  };
  return (
    <Confirm
      trigger={<Button>Hand over the network</Button>}
      title="Hand over the network"
      action="Hand over"
      canConfirm={to !== null}
      onConfirm={confirm}
      onOpen={() => {
        setTo(null);
        setStepsDown(false);
        send.reset();
      }}
      isShown={(error) => faultAt(error, "to") !== null}
    >
      <Text>
        They will see every team’s answers and can change every setting. The audit log says who handed over. Steady tells nobody, so tell them
        yourself.
      </Text>
      <PersonPicker
        label="To whom"
        value={to}
        onChange={(person) => {
          setTo(person);
          // What was wrong was about somebody else.
          send.reset();
        }}
        error={faultAt(send.error, "to")}
      />
      <Checkbox
        label="I stop being a lead"
        checked={stepsDown}
        onChange={(_event, { checked }) => setStepsDown(checked === true)}
      />
      {stepsDown && <Text>You will see your own teams only, and can’t take this back yourself.</Text>}
    </Confirm>
  );
}
