import { Button } from "@fluentui/react-components";
import type { RequestResource } from "../../features/check-ins/contract.ts";
import type { Moving } from "./use-moving.ts";

export interface TakeAndDoneProps {
  readonly team: string;
  /** The team's request; null when there is none. */
  readonly request: Pick<RequestResource, "state"> | null;
  readonly moving: Moving;
  /** True where taking on is what the page is for. */
  readonly isFirst?: boolean;
  /** Called with what to say, once it is so. */
  readonly onMoved: (said: string) => void;
}

/** The buttons that take a request on and mark it as done, as far as its state leaves them to be pressed. */
export function TakeAndDone({ team, request, moving, isFirst = false, onMoved }: TakeAndDoneProps) {
  const { pending, move } = moving;
  const press = async (state: "taken" | "done", said: string) => {
    if (await move(state)) onMoved(said);
  };
  return (
    <>
      {(request === null || request.state === "open") && (
        <Button
          appearance={isFirst ? "primary" : "secondary"}
          aria-label={`${pending === "taken" ? "Taking…" : "Take"} ${team}`}
          disabledFocusable={pending !== null}
          onClick={() => void press("taken", `You have taken on ${team}.`)}
        >
          {pending === "taken" ? "Taking…" : "Take"}
        </Button>
      )}
      {(request?.state === "open" || request?.state === "taken") && (
        <Button
          aria-label={`${pending === "done" ? "Saving…" : "Done"}: ${team}`}
          disabledFocusable={pending !== null}
          onClick={() => void press("done", `${team} is marked as done.`)}
        >
          {pending === "done" ? "Saving…" : "Done"}
        </Button>
      )}
    </>
  );
}
