import { useMe } from "../me.ts";
import { SubPages } from "../parts/sub-pages.tsx";

const pages = [
  { to: "check-ins", title: "Caseload" },
  { to: "check-ins/teams", title: "Teams" },
  { to: "check-ins/rounds", title: "Rounds" },
];

/** The pages about check-ins; admins have the rounds only. */
export function PartsOfCheckIns() {
  const { role } = useMe();
  return role === "lead" ? <SubPages label="Check-ins" pages={pages} /> : null;
}
