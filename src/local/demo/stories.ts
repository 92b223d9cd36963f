import { type JobRole, jobRoles, type Posts, type Team } from "../../features/roster/model.ts";
import type { LocalDate } from "../../kernel/time.ts";
import { luckOf } from "./luck.ts";

/** What a team's year is like. */
export const stories = ["steady", "rising", "above", "below", "easing", "silent", "short-staffed"] as const;
export type Story = (typeof stories)[number];

/** How many of twenty teams live through each. */
const outOfTwenty: Readonly<Record<Story, number>> = {
  steady: 9,
  rising: 3,
  above: 2,
  below: 2,
  easing: 1,
  silent: 1,
  "short-staffed": 2,
};

/** The story of the nth team of the roster: every stretch of twenty teams has them all, in no order that shows. */
export function storyOf(nth: number): Story {
  const deck = stories.flatMap((story) => Array.from({ length: outOfTwenty[story] }, () => story));
  return deck[(nth * 7) % deck.length] ?? "steady";
}

/** Rounds at the end of the year that a silent team leaves unanswered, the present one included. */
const silentFor = 4;
/** The share of rounds that the others answer. */
export const answersAsARule = 0.9;

/** True when a team answers a round; `progress` runs from 0, the year's first round, to 1, the present one. */
export function doesAnswer(team: Team, story: Story, round: number, rounds: number): boolean {
  if (story === "silent") return round < rounds - silentFor;
  return luckOf(team.name, "answers", round).chance(answersAsARule);
}

/** The top of the guide range, as the settings have it for link workers: people a year for each WTE. */
const typicalPerYear: Readonly<Record<JobRole, number>> = { link_worker: 250, care_coordinator: 180, health_coach: 120 };

/** Load at the start and at the end of the year, against the top of the guide range. */
const course: Readonly<Record<Story, readonly [number, number]>> = {
  steady: [0.84, 0.87],
  rising: [0.84, 1.24],
  above: [1.1, 1.14],
  below: [0.62, 0.68],
  easing: [1.18, 0.9],
  silent: [0.94, 1.04],
  "short-staffed": [0.86, 1.08],
};

/** More people come in the cold months. */
const winter = { months: [11, 12, 1, 2], more: 1.05 };

/** How many people come to a team at one time of the year, against the top of the guide range. */
export function loadOf(team: Team, story: Story, progress: number, opensOn: LocalDate): number {
  const [start, end] = course[story];
  const own = luckOf(team.name, "pace").between(0.95, 1.05);
  const season = winter.months.includes(opensOn.month) ? winter.more : 1;
  return (start + (end - start) * progress) * own * season * luckOf(team.name, "load", opensOn.toString()).around(1, 0.05);
}

/** The WTE in post: a team that is short of staff loses a post in the second half of the year. */
export function postsOf(team: Team, story: Story, progress: number): Posts {
  const { link_worker: wte } = team.filePosts;
  if (story !== "short-staffed" || wte === undefined || progress < 0.4) return team.filePosts;
  return { ...team.filePosts, link_worker: Math.max(0.6, Math.round((wte - vacancyOf(team)) * 10) / 10) };
}

/** The post that is vacant in a team that is short of staff, in WTE. */
export function vacancyOf(team: Team): number {
  return (team.filePosts.link_worker ?? 0) > 2 ? 1 : 0.4;
}

/** New people by job role over some days. */
export function newPeopleOf(posts: Posts, load: number, days: number): Partial<Record<JobRole, number>> {
  const people: Partial<Record<JobRole, number>> = {};
  for (const role of jobRoles) {
    const wte = posts[role];
    if (wte !== undefined) people[role] = Math.round(typicalPerYear[role] * wte * (days / 365) * load);
  }
  return people;
}

/** How a load feels. */
export function feelingOf(team: Team, load: number, round: number): "comfortable" | "busy" | "stretched" | "unsafe" {
  const felt = load + luckOf(team.name, "feels", round).around(0, 0.07);
  if (felt < 0.84) return "comfortable";
  if (felt < 1.1) return "busy";
  return felt < 1.34 ? "stretched" : "unsafe";
}
