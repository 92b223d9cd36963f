import { Badge, makeStyles, Text, tokens } from "@fluentui/react-components";
import type { ReactNode } from "react";
import type { PersonResource } from "../../features/roster/contract.ts";
import type { Column } from "../parts/table.tsx";
import { absenceInWords, reachWords, roleWords } from "./words.ts";

const reachColours = { teams: "success", link: "informative", none: "danger" } as const;

const useStyles = makeStyles({
  two: { display: "grid", gap: tokens.spacingVerticalXXS, justifyItems: "start" },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** The columns of the list of people; `change` gives the button of each row. */
export function peopleColumns(change: (person: PersonResource) => ReactNode): readonly Column<PersonResource>[] {
  return [
    { title: "Name", width: 12, isPlain: true, cell: (person) => <Name person={person} /> },
    { title: "Role", width: 7, cell: ({ role }) => roleWords[role] },
    { title: "Area", width: 10, cell: ({ area, place }) => [area, place].filter((part) => part !== null).join(", ") },
    { title: "Teams", width: 10, cell: ({ teams }) => teams.map(({ name }) => name).join(", ") },
    { title: "Cards", width: 12, cell: ({ reach }) => <Reached reach={reach} /> },
    { title: "Absence", width: 10, cell: absenceInWords },
    { title: "Change", width: 6, isPlain: true, cell: change },
  ];
}

function Name({ person: { name, organisation } }: { readonly person: PersonResource }) {
  const styles = useStyles();
  return (
    <span className={styles.two}>
      <Text weight="semibold">{name}</Text>
      {organisation !== null && (
        <Text size={200} className={styles.quiet}>
          {organisation}
        </Text>
      )}
    </span>
  );
}

/** How cards get to somebody, and why in this way where it isn't the usual one. */
function Reached({ reach: { by, why } }: { readonly reach: PersonResource["reach"] }) {
  const styles = useStyles();
  return (
    <span className={styles.two}>
      <Badge appearance="tint" color={reachColours[by]}>
        {reachWords[by]}
      </Badge>
      {by !== "teams" && (
        <Text size={200} className={styles.quiet}>
          {why}
        </Text>
      )}
    </span>
  );
}
