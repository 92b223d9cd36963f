import type { PersonChanges, PersonResource } from "../../features/roster/contract.ts";

/** What somebody has entered about a person, before the server has seen it. */
export interface Draft {
  /** A date such as 2026-12-03; empty while they are there. */
  readonly awayUntil: string;
  /** Another deputy than now; null leaves the one that they have. */
  readonly deputy: PersonResource | null;
  readonly noDeputy: boolean;
  readonly stopped: boolean;
  readonly hasLeft: boolean;
}

/** A person as the form shows them at first. */
export function draftOf({ awayUntil, stopped }: Pick<PersonResource, "awayUntil" | "stopped">): Draft {
  return { awayUntil: awayUntil ?? "", deputy: null, noDeputy: false, stopped, hasLeft: false };
}

/** The body of PATCH /people/{id}: only what is changed; somebody who leaves has nothing else to change. */
export function bodyOf(person: Pick<PersonResource, "awayUntil" | "stopped" | "deputy">, draft: Draft): PersonChanges {
  if (draft.hasLeft) return { left: true };
  const awayUntil = draft.awayUntil === "" ? null : draft.awayUntil;
  const deputy = draft.deputy?.id ?? (draft.noDeputy ? null : (person.deputy?.id ?? null));
  return {
    ...(awayUntil === person.awayUntil ? {} : { awayUntil }),
    ...(deputy === (person.deputy?.id ?? null) ? {} : { deputy }),
    ...(draft.stopped === person.stopped ? {} : { stopped: draft.stopped }),
  };
}
