import { type NetworkId, newId, type PersonId } from "../../../src/kernel/ids.ts";
import type { AuditEntry, Store } from "../../../src/kernel/store.ts";
import { type ChatState, type Identity, jobRoles, type Listing, type Person, type Team, actorOf } from "../../../src/features/roster/model.ts";
import type { Directory, RosterStore, RosterStores } from "../../../src/features/roster/ports.ts";

interface Tables {
  networks: Map<string, NetworkId>;
  people: Map<PersonId, Person>;
  teams: Map<string, Team>;
  identities: { identity: Identity; network: NetworkId; person: PersonId }[];
  chats: { state: ChatState; network: NetworkId; person: PersonId }[];
  audit: AuditEntry[];
}

/** A store of any number of networks in memory, held to the same contract as the SQL one; `writes` counts saved rows. */
export function memoryRoster() {
  let tables: Tables = { networks: new Map(), people: new Map(), teams: new Map(), identities: [], chats: [], audit: [] };
  const counters = { writes: 0 };
  const same = (a: Identity) => (b: { identity: Identity }) =>
    a.objectId === b.identity.objectId && a.tenantId === b.identity.tenantId;

  const rosterOf = (network: NetworkId): RosterStore => {
    const mine = () => [...tables.people.values()].filter((person) => person.network === network);
    const present = (person: { leftOn: unknown }) => person.leftOn === null;
    const change = (id: PersonId, changes: Partial<Person>) => {
      const person = tables.people.get(id);
      if (person !== undefined && person.network === network) tables.people.set(id, { ...person, ...changes });
    };
    const teams = () => [...tables.teams.entries()].filter(([key]) => key.startsWith(network)).map(([, team]) => team);
    const link = (links: readonly { person: PersonId; identity: Identity }[]) => {
      counters.writes += links.length;
      for (const { person, identity } of links) {
        if (!tables.identities.some(same(identity))) tables.identities.push({ identity, network, person });
      }
    };
    const listed = (person: Person): Listing => {
      const deputy = person.deputy === null ? undefined : tables.people.get(person.deputy);
      return {
        person,
        deputy: deputy === undefined ? null : { id: deputy.id, name: deputy.name },
        linked: tables.identities.some((one) => one.person === person.id),
        chat: tables.chats.find((one) => one.person === person.id)?.state ?? null,
        teams: teams()
          .filter((team) => present(team) && team.managers.includes(person.id))
          .map(({ id, name, area }) => ({ id, name, area }))
          .toSorted((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1)),
      };
    };
    return {
      people: async (options) => mine().filter((person) => options?.includeLeft === true || present(person)),
      async peoplePage({ limit, after, areas, search, role }) {
        const inAreas = (person: Person) =>
          areas === undefined ||
          areas.includes(person.area ?? "") ||
          teams().some((team) => present(team) && team.managers.includes(person.id) && areas.includes(team.area ?? ""));
        const key = (person: Person) => `${person.name.toLowerCase()} ${person.id}`;
        const sorted = mine()
          .filter(present)
          .filter(inAreas)
          .filter((person) => role === undefined || person.role === role)
          .filter(({ name, email, area }) => [name, email, area ?? ""].some((text) => text.toLowerCase().includes((search ?? "").toLowerCase())))
          .toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
        return sorted
          .slice(sorted.findIndex((one) => one.id === after) + 1)
          .slice(0, limit)
          .map(listed);
      },
      listing: async (id) =>
        mine()
          .filter((person) => person.id === id && present(person))
          .map(listed)[0] ?? null,
      person: async (id) => mine().find((person) => person.id === id) ?? null,
      personByEmail: async (email) => mine().find((person) => person.email === email) ?? null,
      peopleAround: async (ids, others) => {
        const managers = teams().filter((team) => ids.includes(team.id)).flatMap((team) => team.managers);
        return new Map(mine().filter(({ id }) => others.includes(id) || managers.includes(id)).map((one) => [one.id, one]));
      },
      peopleByIds: async (ids) =>
        new Map(
          mine()
            .filter((one) => ids.includes(one.id))
            .map((one) => [one.id, one]),
        ),
      leads: async () => mine().filter((person) => person.role === "lead" && present(person)),
      networkName: async () => [...tables.networks].find(([, id]) => id === network)?.[0] ?? "",
      managedTeams: async () => teams().filter((team) => present(team) && team.managers.length > 0).map(({ id }) => id).sort(),
      teamsByIds: async (ids) =>
        new Map(
          teams()
            .filter((one) => ids.includes(one.id))
            .map((one) => [one.id, one]),
        ),
      teams: async (options) => teams().filter((team) => options?.includeLeft === true || present(team)),
      teamsPage: async ({ limit }) => teams().filter(present).slice(0, limit),
      teamsOutside: async (areas) => teams().filter((team) => present(team) && team.managers.length > 0 && !areas.includes(team.area ?? "")).length,
      team: async (id) => teams().find((team) => team.id === id) ?? null,
      teamsOf: async (person) => teams().filter((team) => present(team) && team.managers.includes(person)),
      async savePeople(people) {
        counters.writes += people.length;
        for (const person of people) tables.people.set(person.id, { ...person, network });
      },
      async saveTeams(saved) {
        counters.writes += saved.length;
        for (const team of saved) {
          const before = tables.teams.get(`${network} ${team.id}`);
          const posts = jobRoles.flatMap((role) => {
            const wte = team.filePosts[role];
            const stands = before !== undefined && before.filePosts[role] === wte;
            return wte === undefined ? [] : [[role, stands ? before.posts[role] : wte]];
          });
          tables.teams.set(`${network} ${team.id}`, { ...team, posts: Object.fromEntries(posts) });
        }
      },
      async reportPosts(id, posts) {
        const team = teams().find((one) => one.id === id);
        if (team === undefined) return;
        const known = Object.entries(posts).filter(([role]) => Object.hasOwn(team.filePosts, role));
        tables.teams.set(`${network} ${id}`, { ...team, posts: { ...team.posts, ...Object.fromEntries(known) } });
      },
      setAway: async (person, until) => change(person, { awayUntil: until }),
      setStopped: async (person, at) => change(person, { stoppedAt: at }),
      setDeputy: async (person, deputy) => change(person, { deputy }),
      identityOf: async (person) =>
        tables.identities.find((one) => one.person === person && one.network === network)?.identity ?? null,
      identities: async () =>
        new Map(tables.identities.filter((one) => one.network === network).map((one) => [one.person, one.identity])),
      chats: async () =>
        new Map(tables.chats.filter((one) => one.network === network).map((one) => [one.person, one.state])),
      linkIdentity: async (person, identity) => link([{ person, identity }]),
      linkIdentities: async (links) => link(links),
      async unlinkIdentities(person) {
        const isOther = (one: { person: PersonId; network: NetworkId }) =>
          one.person !== person || one.network !== network;
        tables.identities = tables.identities.filter(isOther);
        tables.chats = tables.chats.filter(isOther);
      },
      takenElsewhere: async (identities) =>
        identities.filter((one) => tables.identities.some((other) => same(one)(other) && other.network !== network)),
      lockForImport: async () => undefined,
    };
  };
  const open = (network: NetworkId): RosterStores => ({
    roster: rosterOf(network),
    audit: { record: async (entry) => void tables.audit.push(entry) },
  });
  const store: Store<RosterStores> = {
    read: open,
    async transaction(network, work) {
      const before = copyOf(tables);
      try {
        return await work(open(network));
      } catch (error) {
        tables = before;
        throw error;
      }
    },
  };
  const directory: Directory = {
    networks: async () => [...tables.networks].map(([name, id]) => ({ id, name })),
    async createNetwork(name) {
      const id = tables.networks.get(name) ?? newId<NetworkId>();
      tables.networks.set(name, id);
      return id;
    },
    async actorByIdentity(identity) {
      const found = tables.identities.find(same(identity));
      const person = found && tables.people.get(found.person);
      if (person === undefined || person.leftOn !== null) return null;
      return actorOf(person, (await rosterOf(person.network).teamsOf(person.id)).length > 0);
    },
    async unlinkedByEmail(email) {
      const linked = new Set(tables.identities.map((one) => one.person));
      const found = [...tables.people.values()].filter(
        (one) => one.email === email && one.leftOn === null && !linked.has(one.id),
      );
      return found.length === 1 && found[0] !== undefined ? { network: found[0].network, person: found[0].id } : null;
    },
  };
  const saveChat = async (network: NetworkId, person: PersonId, state: ChatState) => {
    tables.chats = [...tables.chats.filter((one) => one.person !== person), { network, person, state }];
  };
  return { store, directory, counters, saveChat, audit: () => tables.audit };
}

function copyOf(tables: Tables): Tables {
  return {
    networks: new Map(tables.networks),
    people: new Map(tables.people),
    teams: new Map(tables.teams),
    identities: [...tables.identities],
    chats: [...tables.chats],
    audit: [...tables.audit],
  };
}
