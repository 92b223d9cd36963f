import { Button, Text } from "@fluentui/react-components";
import { ChangedPerson, type PersonResource } from "../../features/roster/contract.ts";
import { useSend } from "../api/use-api.ts";
import { Confirm } from "../parts/confirm.tsx";

/** Says that somebody has left the network today. */
export function MarkAsLeft({ person, onDone }: { readonly person: PersonResource; readonly onDone: (note: string) => void }) {
  const send = useSend<ChangedPerson>(["people", "audit-log"]);
  const confirm = async () => {
    const { name, note } = await send.mutateAsync({
      path: `people/${person.id}`,
      method: "PATCH",
      body: { left: true },
      schema: ChangedPerson,
    });
    onDone([`${name} has left.`, note].filter((part) => part !== null).join(" "));
  };
  return (
    <Confirm trigger={<Button>They have left</Button>} title={`${person.name} has left`} action="They have left" onConfirm={confirm}>
      <Text>They get no more cards, their links end, and teams that only they managed stop being asked. What they answered stays.</Text>
    </Confirm>
  );
}
