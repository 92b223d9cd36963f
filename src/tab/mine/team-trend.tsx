import { Text } from "@fluentui/react-components";
import type { MyCaseload } from "../../features/check-ins/contract.ts";
import { day } from "../parts/dates.ts";
import { Empty } from "../parts/states.tsx";
import { DataTable } from "../parts/table.tsx";

interface TeamTrendProps {
  readonly team: MyCaseload["teams"][number];
  readonly network: MyCaseload["network"];
}

const percent = (load: number | null | undefined): string => (load === null || load === undefined ? "" : `${Math.round(100 * load)} %`);

/** One team's load at each opening, beside the network's median. */
export function TeamTrend({ team: { team, standing, last12Weeks, points }, network }: TeamTrendProps) {
  const medians = new Map(network.map(({ openedOn, median12 }) => [openedOn, median12]));
  return (
    <>
      <Text weight="semibold">{team.name}</Text>
      <Text>{[last12Weeks?.words, standing].filter((part) => part !== undefined && part !== null).join(". ")}</Text>
      {points.length === 0 ? (
        <Empty>Answer a check-in, and this team’s figures appear here.</Empty>
      ) : (
        <DataTable
          caption={`${team.name} over the last 52 weeks`}
          rows={points}
          keyOf={({ openedOn }) => openedOn}
          columns={[
            { title: "Check-in", cell: ({ openedOn }) => day(openedOn), width: 14 },
            { title: "Load over 12 weeks", cell: ({ load12 }) => percent(load12), isNumber: true, width: 9 },
            { title: "Over 52 weeks", cell: ({ load52 }) => percent(load52), isNumber: true, width: 8 },
            { title: "Network’s median", cell: ({ openedOn }) => percent(medians.get(openedOn)), isNumber: true, width: 9 },
          ]}
        />
      )}
    </>
  );
}
