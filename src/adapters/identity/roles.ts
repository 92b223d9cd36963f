import { decodeJwt } from "jose";
import { z } from "zod";

const Claims = z.object({ roles: z.array(z.string()).default([]) });

/**
 * The application permissions that a token of the application's own names, for looking at and never for deciding: its
 * signature isn't checked. Null when the token can't be read, as Microsoft reserves the right to.
 */
export function rolesIn(token: string): readonly string[] | null {
  try {
    return Claims.parse(decodeJwt(token)).roles;
  } catch {
    return null;
  }
}
