import { Badge, Text } from "@fluentui/react-components";
import type { InstallResource } from "../../features/installs/contract.ts";
import { shortDay, timeOfDay } from "../parts/dates.ts";
import type { Column } from "../parts/table.tsx";
import { installedInWords } from "./install-words.ts";

const colours = { failed: "danger", pending: "informative", cannot: "warning", installed: "success" } as const;

/** The columns of the list of who has the app. */
export const installColumns: readonly Column<InstallResource>[] = [
  { title: "Name", width: 12, isPlain: true, cell: ({ person }) => <Text weight="semibold">{person.name}</Text> },
  {
    title: "App",
    width: 10,
    cell: (row) => (
      <Badge appearance="tint" color={colours[row.state]} style={{ whiteSpace: "nowrap" }}>
        {installedInWords(row)}
      </Badge>
    ),
  },
  { title: "Why", width: 24, cell: ({ reason }) => reason ?? "" },
  { title: "Last change", width: 9, cell: ({ updatedAt }) => `${shortDay(updatedAt)}, ${timeOfDay(updatedAt)}` },
];
