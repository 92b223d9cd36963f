import { RequestResource } from "../../features/check-ins/to-ring-contract.ts";
import { useSend } from "../api/use-api.ts";

type Move = "taken" | "done";

export interface Moving {
  /** What is on its way; null for nothing. */
  readonly pending: Move | null;
  readonly error: Error | null;
  /** Resolves once the server has answered and what is on the screen was read anew: true when it is so. */
  readonly move: (state: Move) => Promise<boolean>;
}

/**
 * Takes a team's request on, or marks it as done. Nothing is shown before the server agrees: two leads who both read
 * "You have taken this on" would both ring the team, or neither.
 * @param request the id of the team's unfinished request; null makes one of the lead's own
 */
export function useMoving(team: string, request: string | null): Moving {
  const send = useSend<RequestResource>(["overview", "requests", "caseload-summary", "teams"]);
  const pathOf = (state: Move) =>
    request === null
      ? { path: "requests", body: { team } }
      : { path: `requests/${request}`, method: "PATCH" as const, body: { state } };
  return {
    pending: !send.isPending ? null : request === null || isTaking(send.variables.body) ? "taken" : "done",
    error: send.error,
    move: (state) =>
      send.mutateAsync({ ...pathOf(state), schema: RequestResource }).then(
        () => true,
        () => false,
      ),
  };
}

const isTaking = (body: object | undefined) => body !== undefined && "state" in body && body.state === "taken";
