import { createHash, randomBytes, randomInt, timingSafeEqual } from "node:crypto";

/** A new secret of 256 bits, 43 characters long. */
export function newSecret(): string {
  return randomBytes(32).toString("base64url");
}

/** Compares two secrets in a time that tells nothing about where they differ. */
export function isSameText(a: string, b: string): boolean {
  const [left, right] = [a, b].map((text) => createHash("sha256").update(text).digest());
  return left !== undefined && right !== undefined && timingSafeEqual(left, right);
}

/** The items in an order that nobody can foretell, every order as likely as any other (Fisher and Yates). */
export function shuffled<T>(items: readonly T[]): T[] {
  const left = [...items];
  const drawn: T[] = [];
  while (left.length > 0) {
    const place = randomInt(left.length);
    drawn.push(...left.slice(place, place + 1));
    // The last one takes its place, so that nothing else has to move.
    const last = left.splice(-1);
    if (place < left.length) left.splice(place, 1, ...last);
  }
  return drawn;
}
