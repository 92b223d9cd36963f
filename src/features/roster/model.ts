import type { Actor, Role, Scope } from "../../kernel/actor.ts";
import type { NetworkId, PersonId, TeamId } from "../../kernel/ids.ts";
import { type Instant, type LocalDate, Temporal } from "../../kernel/time.ts";
import type { ways } from "./constants.ts";

/** The job roles whose caseloads a team reports, as the roster's columns name them. */
export const jobRoles = ["link_worker", "care_coordinator", "health_coach"] as const;
export type JobRole = (typeof jobRoles)[number];

/** Whole-time equivalents in post, by job role; a role that the team doesn't have is absent. */
export type Posts = Readonly<Partial<Record<JobRole, number>>>;

export interface Person {
  readonly id: PersonId;
  readonly network: NetworkId;
  readonly name: string;
  /** Lower-cased. */
  readonly email: string;
  readonly role: Role;
  /** Leads only. */
  readonly scope: Scope | null;
  readonly area: string | null;
  readonly place: string | null;
  readonly pcn: string | null;
  readonly organisation: string | null;
  /** A member's own job role, free text as the roster has it. */
  readonly jobRole: string | null;
  readonly manager: PersonId | null;
  readonly deputy: PersonId | null;
  /** A hint that Teams may not reach this person: an employee of another tenant. */
  readonly external: boolean;
  /** Set once the roster no longer has them: their history stays, they get no more cards. */
  readonly leftOn: LocalDate | null;
  /** Away up to and including this day. */
  readonly awayUntil: LocalDate | null;
  /** Set while they have said `stop`. */
  readonly stoppedAt: Instant | null;
}

export interface Team {
  readonly id: TeamId;
  readonly name: string;
  readonly area: string | null;
  readonly place: string | null;
  readonly pcn: string | null;
  readonly organisation: string | null;
  /** As of now: what a manager reported since the last import counts before the file. */
  readonly posts: Posts;
  /** As the roster file had them. */
  readonly filePosts: Posts;
  /** One person, or several who share the job. */
  readonly managers: readonly PersonId[];
  readonly leftOn: LocalDate | null;
}

/** The account of a person in a Microsoft tenant. */
export interface Identity {
  readonly objectId: string;
  readonly tenantId: string;
}

/** What is known of a person's chat with the bot; "unknown" for one that is gone and may be opened again. */
export const chatStates = ["open", "blocked", "not-installed", "disabled", "unknown"] as const;
export type ChatState = (typeof chatStates)[number];

/** How somebody will get their cards, and why so in one sentence to show. */
export interface Reach {
  readonly by: (typeof ways)[number];
  readonly why: string;
}

/** A person as a list shows them. */
export interface Listing {
  readonly person: Person;
  readonly deputy: { readonly id: PersonId; readonly name: string } | null;
  /** Whether an account is known through which Teams may reach them. */
  readonly linked: boolean;
  /** Their chat with the bot; null while there has been none. */
  readonly chat: ChatState | null;
  /** Those that they manage and that are still there, by name. */
  readonly teams: readonly Pick<Team, "id" | "name" | "area">[];
}

/** Opens a chat with somebody in Teams; a mail to them where another tenant's Teams has them. */
export function chatUrlOf({ email, external }: Pick<Person, "email" | "external">): string {
  const address = encodeURIComponent(email);
  return external ? `mailto:${address}` : `https://teams.microsoft.com/l/chat/0/0?users=${address}`;
}

/** Days of the roster (who left when, away until when) are days here; networks run in England. */
export const rosterZone = "Europe/London";

/** The last day on which somebody is away; null when they are there on `today`. */
export function awayUntil({ awayUntil: last }: Pick<Person, "awayUntil">, today: LocalDate): LocalDate | null {
  return last !== null && Temporal.PlainDate.compare(last, today) >= 0 ? last : null;
}

/** True on every day up to and including the last one away. */
export function isAway(person: Pick<Person, "awayUntil">, today: LocalDate): boolean {
  return awayUntil(person, today) !== null;
}

/** In whose name a network writes: the first lead of all of it by name; null when it has none. */
export function firstLead(leads: readonly Person[]): Person | null {
  const ofAll = leads.filter(({ scope }) => scope?.kind === "network");
  return ofAll.toSorted((a, b) => a.name.localeCompare(b.name, "en-GB"))[0] ?? null;
}

/** True for somebody who runs the network: an admin, or a lead of all of it. */
export function runsNetwork({ role, scope, leftOn }: Pick<Person, "role" | "scope" | "leftOn">): boolean {
  return leftOn === null && (role === "admin" || (role === "lead" && scope?.kind === "network"));
}

/** The person as the one who acts. */
export function actorOf(person: Person, managesTeams: boolean): Actor {
  return {
    network: person.network,
    person: person.id,
    name: person.name,
    role: person.role,
    scope: person.scope,
    managesTeams,
  };
}
