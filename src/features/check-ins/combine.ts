import { listInWords } from "../../kernel/words.ts";

/**
 * Which places' figures may be shown to people outside the leads. A figure shows only when three teams of two
 * employers or more stand behind it; what is smaller joins its neighbours under a combined name. Areas partition the
 * total, places partition each area, and each smallest group passes the rule by itself; so whatever is taken away from
 * whatever else, what remains is a union of such groups and passes as well.
 */

export interface PlacedTeam {
  readonly team: string;
  readonly place: string | null;
  readonly area: string | null;
  /** The employer; null when it isn't known. */
  readonly organisation: string | null;
}

/** Teams whose figures are shown as one. */
export interface Group {
  /** "Barnet and Enfield". */
  readonly name: string;
  /** The area, or combination of areas, that the group is part of. */
  readonly area: string;
  readonly places: readonly string[];
  /** Ids, in a fixed order. */
  readonly teams: readonly string[];
}

export interface AreaGroup {
  readonly name: string;
  readonly areas: readonly string[];
  readonly teams: readonly string[];
  /** The parts of the area that show; together they are the area. */
  readonly places: readonly Group[];
}

const fewestTeams = 3;
const fewestEmployers = 2;
const nowhere = { area: "No area given", place: "No place given" };

/** True when figures that these teams make up may be shown. Teams without a known employer add none. */
export function mayShow(teams: readonly PlacedTeam[]): boolean {
  const [ids, employers] = [new Set<string>(), new Set<string>()];
  // Among many the first few pass, so that all the others needn't be looked at.
  return teams.some(({ team, organisation }) => {
    ids.add(team);
    const employer = normalised(organisation);
    if (employer !== null) employers.add(employer);
    return ids.size >= fewestTeams && employers.size >= fewestEmployers;
  });
}

function normalised(organisation: string | null): string | null {
  const name = organisation?.normalize("NFKC").trim().replace(/\s+/g, " ").toLowerCase();
  return name === undefined || name === "" ? null : name;
}

/**
 * The groups of places that may be shown, in the order of their areas and names; none when all teams together don't
 * pass. Pass the teams whose figures are summed, not all of the roster: a group of five of whom one answered is a
 * group of one. The result depends on the teams only, never on their order.
 */
export function combinePlaces(teams: readonly PlacedTeam[]): Group[] {
  return combineAreas(teams).flatMap((area) => area.places);
}

/** The areas that may be shown, each with its groups of places. As `combinePlaces`. */
export function combineAreas(teams: readonly PlacedTeam[]): AreaGroup[] {
  const areas = merged(partsBy(teams, (team) => team.area ?? nowhere.area));
  return areas.map((area) => {
    const name = listInWords(area.labels);
    const inSeveralAreas = area.labels.length > 1;
    const shared = inSeveralAreas ? sharedNames(area.teams) : new Set();
    // Places of the same name in two areas stay apart.
    const label = (team: PlacedTeam) => {
      const place = team.place ?? nowhere.place;
      return inSeveralAreas && (team.place === null || shared.has(team.place))
        ? `${place} (${team.area ?? nowhere.area})`
        : place;
    };
    const places = merged(partsBy(area.teams, label)).map((part) => ({
      name: part.teams.length === area.teams.length && part.labels.length > 1 ? name : listInWords(part.labels),
      area: name,
      places: part.labels,
      teams: ids(part.teams),
    }));
    return { name, areas: area.labels, teams: ids(area.teams), places };
  });
}

/** Names that places of more than one area have. */
function sharedNames(teams: readonly PlacedTeam[]): ReadonlySet<string | null> {
  const areas = new Map<string | null, string | null>();
  const shared = new Set<string | null>();
  for (const { place, area } of teams) {
    if (areas.has(place) && areas.get(place) !== area) shared.add(place);
    areas.set(place, area);
  }
  return shared;
}

interface Part {
  /** Sorted. */
  readonly labels: readonly string[];
  readonly teams: readonly PlacedTeam[];
  readonly passes: boolean;
}

function partsBy(teams: readonly PlacedTeam[], labelOf: (team: PlacedTeam) => string): Part[] {
  return [...Map.groupBy(teams, labelOf)].map(([label, itsTeams]) => ({ labels: [label], teams: itsTeams, passes: mayShow(itsTeams) }));
}

/**
 * Joins the smallest part that doesn't pass with the smallest other one that doesn't, or else with the smallest that
 * does, until all pass. Ties go by name. Empty when nothing passes in the end.
 */
function merged(parts: readonly Part[]): Part[] {
  let open = parts.toSorted(bySize);
  for (;;) {
    const failing = open.filter((part) => !part.passes);
    const [first, second = open.find((part) => part !== first)] = failing;
    if (first === undefined) return open.toSorted((a, b) => compareText(nameOf(a), nameOf(b)));
    if (second === undefined) return [];
    const teams = [...first.teams, ...second.teams];
    const joined = { labels: [...first.labels, ...second.labels].sort(compareText), teams, passes: mayShow(teams) };
    open = [...open.filter((part) => part !== first && part !== second), joined].sort(bySize);
  }
}

function bySize(a: Part, b: Part): number {
  return a.teams.length - b.teams.length || compareText(nameOf(a), nameOf(b));
}

function nameOf(part: Part): string {
  return part.labels.join("\n");
}

// By code units, so that the order is the same on every machine.
function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function ids(teams: readonly PlacedTeam[]): string[] {
  return teams.map(({ team }) => team).sort(compareText);
}
