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
  while (left.length > 0) drawn.push(...left.splice(randomInt(left.length), 1));
  return drawn;
}
