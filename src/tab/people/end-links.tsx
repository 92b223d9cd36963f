import { Button, Text } from "@fluentui/react-components";
import { RevokedLinks } from "../../features/links/contract.ts";
import type { PersonResource } from "../../features/roster/contract.ts";
import { useSend } from "../api/use-api.ts";
import { Confirm } from "../parts/confirm.tsx";
import { counted } from "../parts/words.ts";

/** Ends every link that was mailed to somebody: for a mail that went to the wrong person, or a lost phone. */
export function EndLinks({ person, onDone }: { readonly person: PersonResource; readonly onDone: (note: string) => void }) {
  const send = useSend<RevokedLinks>(["people", "audit-log"]);
  const end = async () => {
    const { revoked } = await send.mutateAsync({ path: `people/${person.id}/links`, method: "DELETE", schema: RevokedLinks });
    onDone(revoked === 0 ? `${person.name} had no link that still opened.` : `${counted(revoked, "link")} of ${person.name} opened something, and opens nothing any more.`);
  };
  return (
    <Confirm
      trigger={
        <Button size="small" appearance="subtle" aria-label={`End links of ${person.name}`}>
          End links
        </Button>
      }
      title={`End the links of ${person.name}?`}
      action="End their links"
      onConfirm={end}
    >
      <Text>
        No link that was mailed to them opens anything any more. Their next card brings a new one. What they have answered stays.
      </Text>
    </Confirm>
  );
}
