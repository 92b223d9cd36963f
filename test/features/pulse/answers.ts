import fc from "fast-check";
import { defaultInstrument } from "../../../src/features/pulse/instrument.ts";
import type { Choices, Groups, Response } from "../../../src/features/pulse/model.ts";
import { Temporal } from "../../../src/kernel/time.ts";

const ids = defaultInstrument.items.map(({ id }) => id);

/** Answers to the default inventory, each item left blank now and then. */
export const someChoices: fc.Arbitrary<Choices> = fc
  .array(fc.option(fc.nat({ max: 4 })), { minLength: 7, maxLength: 7 })
  .map((places) => Object.fromEntries(ids.flatMap((id, nth) => (places[nth] == null ? [] : [[id, places[nth]]]))));

/** The same choice for every item: place 0 is 600/7, 1 is 475/7, 2 is 50, 3 is 225/7, 4 is 100/7. */
export function allAt(place: number): Choices {
  return Object.fromEntries(ids.map((id) => [id, place]));
}

/** An answer to the first item only, which is too few for a score. */
export function onlyFirst(place: number): Choices {
  return Object.fromEntries(ids.slice(0, 1).map((id) => [id, place]));
}

/** `count` people of a group with scores, at each of these places in turn. */
export function people(group: string | null, count: number, ...places: number[]): Response[] {
  return Array.from({ length: count }, (_, nth) => ({ group, choices: allAt(places[nth % places.length] ?? 2) }));
}

export const groupNames = ["North", "East", "South", "West"] as const;

export const someGroups: Groups = {
  by: "area",
  madeOn: Temporal.PlainDate.from("2026-11-02"),
  groups: groupNames.map((name) => ({ name, members: [`${name} 1`, `${name} 2`] })),
};

const choicesOfAKind: fc.Arbitrary<fc.Arbitrary<Choices>> = fc.oneof(
  fc.constant(someChoices),
  fc.nat({ max: 4 }).map((place) => fc.constant(allAt(place))),
  fc.constant(fc.nat({ max: 1 }).map(allAt)),
  fc.constant(fc.nat({ max: 4 }).map(onlyFirst)),
);

/** The responses of one group, of any size up to 30; at times they all say the same. */
const ofGroup = (group: string | null) =>
  choicesOfAKind.chain((kind) => fc.array(kind.map((choices): Response => ({ group, choices })), { maxLength: 30 }));

/** The responses of a whole wave, some groups empty, some small, some all of one mind, some people without a group. */
export const someResponses: fc.Arbitrary<Response[]> = fc
  .tuple(fc.tuple(...groupNames.map(ofGroup)), fc.array(someChoices, { maxLength: 14 }))
  .map(([inGroups, bare]) => [...inGroups.flat(), ...bare.map((choices) => ({ group: null, choices }))]);
