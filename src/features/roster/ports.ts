import type { Actor, Role } from "../../kernel/actor.ts";
import type { NetworkId, PersonId, TeamId } from "../../kernel/ids.ts";
import type { AuditLog } from "../../kernel/store.ts";
import type { Instant, LocalDate } from "../../kernel/time.ts";
import type { ChatState, Identity, Listing, Person, Posts, Team } from "./model.ts";

/** Narrows a list of people. */
export interface PeopleWanted {
  readonly search?: string;
  readonly role?: Role;
}

/** People and teams of one network. Lists leave out those who have left unless asked for. */
export interface RosterStore {
  people(options?: { includeLeft?: boolean }): Promise<Person[]>;
  /**
   * One page of people by name, after the cursor; the cursor is the last person's id. With `areas`, only people of
   * those areas and people with a team in one of them; with `search`, only those who have it in their name, e-mail or
   * area, whatever the capitals.
   */
  peoplePage(page: PeopleWanted & { limit: number; after: PersonId | null; areas?: readonly string[] }): Promise<Listing[]>;
  /** One person as in a page; null also for those who have left. */
  listing(id: PersonId): Promise<Listing | null>;
  person(id: PersonId): Promise<Person | null>;
  personByEmail(email: string): Promise<Person | null>;
  peopleByIds(ids: readonly PersonId[]): Promise<Map<PersonId, Person>>;
  /** The managers of these teams, and these others. */
  peopleAround(teams: readonly TeamId[], others: readonly PersonId[]): Promise<Map<PersonId, Person>>;
  /** Everyone with the role of a lead who hasn't left. */
  leads(): Promise<Person[]>;
  /** The network's name, as its cards give it. */
  networkName(): Promise<string>;
  teams(options?: { includeLeft?: boolean }): Promise<Team[]>;
  /** One page of teams by name, after the cursor; the cursor is the last team's id. Null areas are all of them. */
  teamsPage(page: { limit: number; after: TeamId | null; areas: readonly string[] | null }): Promise<Team[]>;
  /** How many teams that somebody manages are in none of these areas. */
  teamsOutside(areas: readonly string[]): Promise<number>;
  /** Every team that somebody manages, in the order of their ids. */
  managedTeams(): Promise<TeamId[]>;
  teamsByIds(ids: readonly TeamId[]): Promise<Map<TeamId, Team>>;
  team(id: TeamId): Promise<Team | null>;
  teamsOf(person: PersonId): Promise<Team[]>;
  /** Writes people as they are given: new ones are added, known ones changed. */
  savePeople(people: readonly Person[]): Promise<void>;
  /**
   * Writes teams with the posts that the roster file has for them. What a manager reported stands, except where the
   * file's own figure has changed.
   */
  saveTeams(teams: readonly Team[]): Promise<void>;
  /** Keeps the WTE that a manager reported, for job roles that the team has. */
  reportPosts(team: TeamId, posts: Posts): Promise<void>;
  setAway(person: PersonId, until: LocalDate | null): Promise<void>;
  setStopped(person: PersonId, at: Instant | null): Promise<void>;
  setDeputy(person: PersonId, deputy: PersonId | null): Promise<void>;
  /** The account through which Teams reaches the person; null until it is known. */
  identityOf(person: PersonId): Promise<Identity | null>;
  identities(): Promise<Map<PersonId, Identity>>;
  /** What is known of people's chats with the bot; those who never had one are absent. */
  chats(): Promise<Map<PersonId, ChatState>>;
  /** Ties an account to a person; does nothing when it is somebody's already. */
  linkIdentity(person: PersonId, identity: Identity): Promise<void>;
  linkIdentities(links: readonly { person: PersonId; identity: Identity }[]): Promise<void>;
  /** Takes a person's accounts away, and forgets the chat that went with them. */
  unlinkIdentities(person: PersonId): Promise<void>;
  /**
   * Which of these accounts belong to people of other networks. It is the one question of this store that looks
   * beyond its network, and it says nothing about whose they are.
   */
  takenElsewhere(identities: readonly Identity[]): Promise<Identity[]>;
  /** Inside a transaction: makes another import, or change of who has which role, wait until this one is done. */
  lockForImport(): Promise<void>;
}

/** The one store that looks across networks: it finds out which network somebody belongs to. */
export interface Directory {
  networks(): Promise<{ id: NetworkId; name: string }[]>;
  createNetwork(name: string): Promise<NetworkId>;
  actorByIdentity(identity: Identity): Promise<Actor | null>;
  /**
   * A person with this e-mail (lower-cased) and no account yet, in whichever network has them. Used once, to link
   * the account when the person first meets the bot.
   */
  unlinkedByEmail(email: string): Promise<{ network: NetworkId; person: PersonId } | null>;
}

export interface RosterStores {
  readonly roster: RosterStore;
  readonly audit: AuditLog;
}
