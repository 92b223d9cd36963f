import { Button, Checkbox, Text } from "@fluentui/react-components";
import { useState } from "react";
import { HandedOver, type PersonResource } from "../../features/roster/contract.ts";
import { useSend } from "../api/use-api.ts";
import { Confirm } from "../parts/confirm.tsx";
import { PersonPicker } from "../parts/person-picker.tsx";

/** Makes somebody else a lead of the whole network, with or without staying one. */
export function HandOver({ onDone }: { readonly onDone: (note: string) => void }) {
  const [to, setTo] = useState<PersonResource | null>(null);
  const [stepsDown, setStepsDown] = useState(false);
  const send = useSend<HandedOver>();
  const confirm = async () => {
    const handed = await send.mutateAsync({
      path: "network/hand-over",
      body: { to: to?.id ?? "", ...(stepsDown ? { step: "down" } : {}) },
      schema: HandedOver,
    });
    onDone(`${handed.to.name} now leads the whole network. ${handed.note}`);
  };
  return (
    <Confirm
      trigger={<Button>Hand over the network</Button>}
      title="Hand over the network"
      action="Hand over"
      canConfirm={to !== null}
      onConfirm={confirm}
    >
      <Text>They will see every team’s answers and change every setting. It is written in the audit log; nobody gets a message.</Text>
      <PersonPicker label="To whom" value={to} onChange={setTo} />
      <Checkbox
        label="I stop being a lead"
        checked={stepsDown}
        onChange={(_event, { checked }) => setStepsDown(checked === true)}
      />
    </Confirm>
  );
}
