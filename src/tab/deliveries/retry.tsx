import { Button } from "@fluentui/react-components";
import { Retried } from "../../features/check-ins/contract.ts";
import { useSend } from "../api/use-api.ts";
import { retriedInWords } from "./words.ts";

export interface RetryProps {
  /** Below /api/v1. */
  readonly path: string;
  /** Called with what came of it, as a sentence; or with what went wrong. */
  readonly onDone: (said: string) => void;
  readonly onFault: (error: unknown) => void;
}

/** Sends the failed cards of an occasion again, and says how many that are. */
export function Retry({ path, onDone, onFault }: RetryProps) {
  const send = useSend<{ cards: number }>(["deliveries", "check-in-rounds", "meetings", "overview"]);
  const retry = async () => {
    try {
      // Once nothing is failed any more this button is gone, and what it would be called back with.
      const { cards } = await send.mutateAsync({ path, schema: Retried });
      onDone(retriedInWords(cards));
    } catch (cause) {
      onFault(cause);
    }
  };
  return (
    <Button appearance="primary" disabledFocusable={send.isPending} onClick={() => !send.isPending && void retry()}>
      {send.isPending ? "Sending…" : "Send the failed again"}
    </Button>
  );
}
