import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/** A new secret of 256 bits, 43 characters long. */
export function newSecret(): string {
  return randomBytes(32).toString("base64url");
}

/** Compares two secrets in a time that tells nothing about where they differ. */
export function isSameText(a: string, b: string): boolean {
  const [left, right] = [a, b].map((text) => createHash("sha256").update(text).digest());
  return left !== undefined && right !== undefined && timingSafeEqual(left, right);
}
