import type { DirectoryPerson } from "../../src/local/entra/index.ts";
import { lead, manager } from "../app/rosters.ts";
import type { Row } from "../builders/roster.ts";
import { tenantId } from "../support/live-stand-ins.ts";

/** Who leads the bench's network. */
export const leader = lead("Lea");

/** The managers of a network of so many, each with a team of their own: the same ones each time. */
export function managersOf(many: number): readonly Row[] {
  return Array.from({ length: many }, (_, n) => manager(`Manager ${n}`, { email: `manager${n}@example.org` }));
}

/** A roster's row as the tenant knows the person. */
export function inTenant(row: Row): DirectoryPerson {
  return { objectId: row.aad_object_id ?? "", tenantId, name: row.name ?? "", email: row.email ?? "", external: false };
}
