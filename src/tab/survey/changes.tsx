import type { ResultSummary } from "../../features/pulse/contract.ts";
import { Section } from "../parts/page.tsx";
import { Empty } from "../parts/states.tsx";
import { ChangeList } from "./change-list.tsx";
import { WriteChange } from "./write-change.tsx";

export interface ChangesProps {
  readonly wave: string;
  readonly changes: ResultSummary["changes"];
  readonly canWrite: boolean;
}

/** You said, we did: what changed after a survey. */
export function Changes({ wave, changes, canWrite }: ChangesProps) {
  return (
    <Section title="You said, we did">
      {changes.length === 0 ? (
        <Empty>{canWrite ? "Nothing has been published for this survey yet. Say what has changed since." : "Nothing has been published for this survey yet."}</Empty>
      ) : (
        <ChangeList changes={changes} />
      )}
      {canWrite && <WriteChange wave={wave} />}
    </Section>
  );
}
