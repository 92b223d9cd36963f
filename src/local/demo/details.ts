import type { RawInputs } from "../../features/check-ins/question-set.ts";
import type { JobRole, Team } from "../../features/roster/model.ts";
import type { LocalDate } from "../../kernel/time.ts";
import type { Luck } from "./luck.ts";
import { type Story, vacancyOf } from "./stories.ts";
import { checkInNotes } from "./words.ts";

interface Circumstances {
  readonly team: Team;
  readonly story: Story;
  readonly load: number;
  readonly people: Partial<Record<JobRole, number>>;
  readonly opensOn: LocalDate;
  readonly luck: Luck;
}

/** What a team says on the second card of a theme. */
export function detailsFor(theme: string, circumstances: Circumstances): RawInputs {
  switch (theme) {
    case "referrals":
      return referrals(circumstances);
    case "workforce":
      return workforce(circumstances);
    case "pressures":
      return pressures(circumstances);
    default:
      return {};
  }
}

const common = ["clinical", "clinical", "specialist-advice", "specialist-advice"] as const;
const reasons = [...common, "social-care", "crisis", "information", "area-or-age"] as const;

function referrals({ load, people, luck }: Circumstances): RawInputs {
  const all = Object.values(people).reduce((sum, count) => sum + count, 0);
  const elsewhere = Math.round(all * luck.between(0.02, 0.12));
  return {
    neededAnotherService: String(elsewhere),
    ...(elsewhere === 0 ? {} : { mainReason: luck.pick(reasons) }),
    intakePaused: luck.chance(load > 1.1 ? 0.4 : 0.05) ? "yes" : "no",
  };
}

function workforce({ team, story, luck }: Circumstances): RawInputs {
  const isShort = story === "short-staffed";
  return {
    vacancies: String(isShort ? vacancyOf(team) : luck.pick([0, 0, 0, 0, 0.6, 1])),
    staffWhoLeft: String(isShort ? 1 : luck.pick([0, 0, 0, 0, 0, 1])),
    contractsEnding: String(luck.pick([0, 0, 0, 1, 1, 2])),
    supervision: luck.pick(["everyone", "some", "some", "some", "nobody"]),
  };
}

/** How often teams name a pressure, in the warm and in the cold months. */
const weights = {
  housing: [0.62, 0.66],
  "food-fuel": [0.25, 0.68],
  debt: [0.35, 0.52],
  "mental-health": [0.58, 0.63],
  immigration: [0.24, 0.2],
  safeguarding: [0.08, 0.1],
  other: [0.06, 0.05],
} as const;
const coldMonths = [10, 11, 12, 1, 2, 3];

function pressures({ load, opensOn, luck }: Circumstances): RawInputs {
  const isCold = coldMonths.includes(opensOn.month);
  const isNamed = ([warm, cold]: readonly [number, number]) => luck.chance(isCold ? cold : warm);
  const named = Object.entries(weights).flatMap(([pressure, shares]) => (isNamed(shares) ? [pressure] : []));
  return {
    pressures: named.join(","),
    appointmentsLongEnough: luck.chance(load > 1 ? 0.35 : 0.75) ? "yes" : "no",
    ...(luck.chance(0.4) ? { note: luck.pick(checkInNotes) } : {}),
  };
}
