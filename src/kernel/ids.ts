import { v7 } from "uuid";

declare const brand: unique symbol;
type Id<Name extends string> = string & { readonly [brand]: Name };

export type NetworkId = Id<"network">;
export type PersonId = Id<"person">;
export type TeamId = Id<"team">;
export type RoundId = Id<"round">;
export type DeliveryId = Id<"delivery">;
export type RequestId = Id<"request">;
export type LinkId = Id<"link">;
export type EventId = Id<"event">;
export type PollId = Id<"poll">;
export type WaveId = Id<"wave">;

/** Marks a string that came from the store, a token or a checked payload as an id of one kind. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the caller says which kind it is
export function asId<T extends Id<string>>(text: string): T {
  // eslint-disable-next-line @typescript-eslint/consistent-type-assertions -- the one place where a brand is given
  return text as T;
}

/** A new id: UUID version 7, so that rows made later sort later. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the caller says which kind it is
export function newId<T extends Id<string>>(): T {
  return asId<T>(v7());
}
