import { Button, Text } from "@fluentui/react-components";
import { RoundPage, Retried } from "../../features/check-ins/contract.ts";
import { inWords } from "../api/problem.ts";
import { useRead, useSend } from "../api/use-api.ts";
import { ProblemBar } from "../parts/states.tsx";

/** Sends the failed cards of an occasion again, and says how many that are. */
export function Retry({ occasion }: { readonly occasion: string }) {
  const rounds = useRead("check-in-rounds?limit=12", RoundPage);
  const send = useSend<{ cards: number }>(["deliveries", "check-in-rounds", "meetings"]);
  const isRound = rounds.data?.items.some(({ id }) => id === occasion) === true;
  const path = `${isRound ? "check-in-rounds" : "meetings"}/${occasion}/retry`;
  return (
    <>
      <Button
        appearance="primary"
        disabled={send.isPending || rounds.isPending}
        onClick={() => send.mutate({ path, schema: Retried })}
      >
        {send.isPending ? "Sending…" : "Send the failed again"}
      </Button>
      <Text role="status">
        {send.data === undefined ? "" : send.data.cards === 1 ? "1 card is on its way again." : `${send.data.cards} cards are on their way again.`}
      </Text>
      {send.error !== null && <ProblemBar message={inWords(send.error)} />}
    </>
  );
}
