import type { Instrument } from "../../src/features/pulse/instrument.ts";
import { lead, manager, member, viewer, admin, roster } from "../app/rosters.ts";
import type { Row } from "../builders/roster.ts";
import type { Vector } from "./evidence.ts";
import { pick, type Random, randomFrom, shuffled } from "./random.ts";

/** A made-up network and how it answers its survey; all of it follows from the seed. */
export interface Plan {
  readonly seed: number;
  readonly engine: "embedded" | "server";
  /** Who is in the roster before each wave; the last columns of the roster file. */
  readonly rosters: readonly (readonly Row[])[];
  readonly groupBy: "area" | "job-role";
  /** Part of those asked who answer. */
  readonly rate: number;
  /** Set where at most so many people of each area but the largest answer. */
  readonly quiet: number | null;
  readonly order: "roster" | "random" | "half a day each";
  /** How many of the answers go over Teams' own protocol; links do so always, the rest straight into the application. */
  readonly overTeams: number;
  /** Part of the people who leave about half of the items blank. */
  readonly terse: number;
  /** How likely somebody is to say the same as in the wave before. */
  readonly stability: number;
}

const areas = ["North Central", "North East", "North West", "South East", "South West"];
const roles = ["Link worker", "Care coordinator", "Health coach", "Community connector"];
const employers = ["Riverside Care", "Bridge Trust", "Hill Street Practice"];

export const staff = { lead: "lea@example.org", areaLead: "nor@example.org", admin: "adi@example.org", viewer: "vic@example.org" };
const staffRows = [
  lead("Lea"),
  lead("Nor", { scope: "North Central" }),
  admin("Adi"),
  viewer("Vic"),
];

export interface PlanOptions extends Partial<Omit<Plan, "rosters" | "seed">> {
  readonly people?: number;
  readonly joiners?: number;
  readonly leavers?: number;
  readonly waves?: 1 | 2;
  /** True for five areas with about as many people each. */
  readonly evenly?: boolean;
  /** Part of the people who have no account, and so get a link. */
  readonly byLink?: number;
}

/** A network out of a seed; what is given stands, and the rest is drawn. */
export function planFrom(seed: number, options: PlanOptions = {}): Plan {
  const random = randomFrom(seed);
  const people = options.people ?? 12 + Math.floor(random() * 109);
  const used = areas.slice(0, options.evenly === true ? areas.length : 2 + Math.floor(random() * (areas.length - 1)));
  const memberShare = pick(random, [0, 0.3, 0.6]);
  const byLink = options.byLink ?? pick(random, [0, 0.1]);
  const row = (place: number): Row => somebody(random, place, { used, memberShare, byLink, isEven: options.evenly ?? false });
  const first = Array.from({ length: people }, (_, place) => row(place));
  const joiners = Array.from({ length: options.joiners ?? Math.floor(random() * 4) }, (_, nth) => row(people + nth));
  const leavers = new Set(shuffled(random, first).slice(0, options.leavers ?? Math.floor(random() * 4)));
  const waves = options.waves ?? pick(random, [1, 2] as const);
  const second = [...first.filter((one) => !leavers.has(one)), ...joiners];
  return {
    seed,
    engine: options.engine ?? pick(random, ["embedded", "server"] as const),
    rosters: waves === 1 ? [first] : [first, second],
    groupBy: options.groupBy ?? pick(random, ["area", "area", "job-role"] as const),
    rate: options.rate ?? pick(random, [0.1, 0.3, 0.5, 0.6, 0.7, 0.9, 1]),
    quiet: options.quiet ?? null,
    order: options.order ?? pick(random, ["roster", "random", "half a day each"] as const),
    overTeams: options.overTeams ?? 3,
    terse: options.terse ?? 0.15,
    stability: options.stability ?? pick(random, [0, 0.5]),
  };
}

interface Mix {
  readonly used: readonly string[];
  readonly memberShare: number;
  readonly byLink: number;
  readonly isEven: boolean;
}

function somebody(random: Random, place: number, { used, memberShare, byLink, isEven }: Mix): Row {
  // Some areas are much larger than others, and some people are in none.
  const drawn = random() < 0.04 ? "" : used[Math.floor(random() ** 1.6 * used.length)]!;
  const cells: Row = {
    area: isEven ? used[place % used.length]! : drawn,
    organisation: pick(random, employers),
    ...(random() < byLink ? { aad_object_id: "" } : {}),
  };
  const name = `Person ${lettersOf(Math.floor(random() * 17_576))}${lettersOf(place)}`;
  return random() < memberShare ? member(name, { ...cells, job_role: pick(random, roles) }) : manager(name, cells);
}

// E-mails are made of the letters of a name.
function lettersOf(number: number): string {
  return [676, 26, 1].map((unit) => String.fromCharCode(97 + (Math.floor(number / unit) % 26))).join("");
}

/** The roster file of these people and of those who run the network. */
export function rosterOf(rows: readonly Row[]): Uint8Array {
  return roster(...staffRows, ...rows);
}

/** Answers as people give them: some choices far more often than others, some items left blank. */
export function answersFrom(random: Random, { items, scales }: Instrument, terse: number): Vector {
  for (;;) {
    const isTerse = random() < terse;
    const given = items.flatMap(({ id, scale }) => {
      const choices = scales[scale]?.choices.length ?? 0;
      const isBlank = random() < (isTerse ? 0.5 : 0.03);
      return isBlank ? [] : [[id, Math.floor(random() ** 1.7 * choices)] as const];
    });
    if (given.length > 0) return Object.fromEntries(given);
  }
}
