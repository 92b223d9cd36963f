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
  /** Failed cards of every kind that can be sent again now. */
  readonly retriable: number;
  /** Those of them that `deliveries` doesn't count, such as notes. */
  readonly others: number;
  /** Why the cards that are counted can't be sent again; null while they can. */
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

const overWords: Partial<Record<MeetingDetails["state"], string>> = {
  held: "This meeting is over, so that its invitations aren’t sent again.",
  cancelled: "This meeting is cancelled, so that its invitations aren’t sent again.",
};

function occasionOf(round?: z.infer<typeof RoundResource>, meeting?: MeetingDetails): Occasion | null {
  if (round !== undefined) {
    return {
      kind: "round",
      title: `The check-in of ${day(round.opensOn)}`,
      deliveries: round.deliveries,
      retryPath: `check-in-rounds/${round.id}/retry`,
      retriable: round.state === "open" ? round.deliveries.failed : 0,
      others: 0,
      isOver: round.state === "open" ? null : "This check-in is closed, so that its cards aren’t sent again.",
    };
  }
  if (meeting === undefined) return null;
  const { state, deliveries, retriable } = meeting;
  const isOver = overWords[state] ?? null;
  return {
    kind: "meeting",
    title: `${meeting.title}, ${day(meeting.startsAt, { zone: meeting.zone })}`,
    deliveries,
    retryPath: `meetings/${meeting.id}/retry`,
    retriable,
    others: isOver === null ? Math.max(0, retriable - deliveries.failed) : retriable,
    isOver,
  };
}
