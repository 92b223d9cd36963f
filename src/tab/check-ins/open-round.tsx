import { Button, Text } from "@fluentui/react-components";
import { RoundResource } from "../../features/check-ins/contract.ts";
import { useSend } from "../api/use-api.ts";
import { Confirm } from "../parts/confirm.tsx";
import { moment } from "../parts/dates.ts";
import { refreshed } from "./refreshed.ts";
import type { Round } from "./round-bar.tsx";
import { counted } from "../parts/words.ts";

/** Opens a round now, once somebody has said that they mean it. */
export function OpenRound({ onDone }: { readonly onDone: (said: string) => void }) {
  const send = useSend<Round>(refreshed);
  const open = async () => {
    const { closesAt, deliveries } = await send.mutateAsync({ path: "check-in-rounds", schema: RoundResource, body: {} });
    onDone(`The round is open until ${moment(closesAt)}; ${counted(deliveries.intended, "card")} will go out.`);
  };
  return (
    <Confirm
      trigger={<Button appearance="primary">Open a round now</Button>}
      title="Open a round now?"
      action="Open the round"
      onConfirm={open}
    >
      <Text>
        Every manager of a team gets a card in Teams, or a link by e-mail where Teams can’t reach them and mail is set up. A
        card for somebody who is away goes to their deputy, or waits; it waits too for whoever had a message within a week.
        What can’t go before the round closes isn’t sent.
      </Text>
    </Confirm>
  );
}
