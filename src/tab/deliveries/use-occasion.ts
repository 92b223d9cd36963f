import type { UseQueryResult } from "@tanstack/react-query";
import type { z } from "zod";
import { RoundResource } from "../../features/check-ins/contract.ts";
import { MeetingDetails } from "../../features/meetings/contract.ts";
import { ApiFault } from "../api/problem.ts";
import { useRead } from "../api/use-api.ts";
import { day } from "../parts/dates.ts";
import type { DeliveryCounts } from "../parts/delivery-bar.tsx";

/** What a ledger's cards went out for. */
export interface Occasion {
  readonly kind: "round" | "meeting";
  /** "The check-in of Tuesday 10 November". */
  readonly title: string;
  readonly deliveries: DeliveryCounts;
  /** Below /api/v1, by POST. */
  readonly retryPath: string;
  /** Why its cards can't be sent again; null while they can. */
  readonly isOver: string | null;
}

export interface OccasionRead {
  readonly occasion: Occasion | null;
  /** What is waited for, or what went wrong. */
  readonly read: UseQueryResult;
  /** True when there is neither a round nor a meeting of this id. */
  readonly isUnknown: boolean;
}

const isNowhere = ({ error }: { readonly error: unknown }): boolean => error instanceof ApiFault && error.status === 404;

/** Reads the round or the meeting that an id belongs to, and again every few seconds. */
export function useOccasion(id: string): OccasionRead {
  const round = useRead(`check-in-rounds/${id}`, RoundResource, { every: 5_000 });
  const meeting = useRead(`meetings/${id}`, MeetingDetails, { every: 5_000, when: isNowhere(round) });
  const read = isNowhere(round) ? meeting : round;
  return { occasion: occasionOf(round.data, meeting.data), read, isUnknown: isNowhere(round) && isNowhere(meeting) };
}

function occasionOf(round?: z.infer<typeof RoundResource>, meeting?: MeetingDetails): Occasion | null {
  if (round !== undefined) {
    return {
      kind: "round",
      title: `The check-in of ${day(round.opensOn)}`,
      deliveries: round.deliveries,
      retryPath: `check-in-rounds/${round.id}/retry`,
      isOver: round.state === "open" ? null : "This check-in is closed, so that its cards aren’t sent again.",
    };
  }
  if (meeting === undefined) return null;
  return {
    kind: "meeting",
    title: `${meeting.title}, ${day(meeting.startsAt, { zone: meeting.zone })}`,
    deliveries: meeting.deliveries,
    retryPath: `meetings/${meeting.id}/retry`,
    isOver: meeting.state === "held" ? "This meeting is over, so that its invitations aren’t sent again." : null,
  };
}
