import { SubPages } from "../parts/sub-pages.tsx";

const pages = [
  { to: "people", title: "Roster" },
  { to: "people/app", title: "The app in Teams" },
] as const;

/** The pages about people. */
export function PartsOfPeople() {
  return <SubPages label="People" pages={pages} />;
}
