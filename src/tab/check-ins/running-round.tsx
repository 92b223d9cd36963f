import { makeStyles, SkeletonItem, Skeleton, Text, tokens } from "@fluentui/react-components";
import { RoundPage } from "../../features/check-ins/contract.ts";
import { useRead } from "../api/use-api.ts";
import { moment } from "../parts/dates.ts";
import { PageLink, Section } from "../parts/page.tsx";
import { Read } from "../parts/states.tsx";
import { RoundBar } from "./round-bar.tsx";

const useStyles = makeStyles({
  lines: { display: "grid", gap: tokens.spacingVerticalS },
  skeleton: { height: "68px" },
});

/** How far the round has come that is open; nothing when none is. */
export function RunningRound() {
  const styles = useStyles();
  const rounds = useRead("check-in-rounds?limit=1", RoundPage, { every: 10_000 });
  return (
    <Read
      of={rounds}
      loading={
        <Section title="The round that is open">
          <Skeleton aria-label="Loading">
            <SkeletonItem className={styles.skeleton} />
          </Skeleton>
        </Section>
      }
    >
      {({ items: [round] }) =>
        round?.state === "open" && (
          <Section title="The round that is open" actions={<PageLink to="check-ins/rounds">Remind, retry or close</PageLink>}>
            <div className={styles.lines}>
              <Text>Open until {moment(round.closesAt)}.</Text>
              <RoundBar teams={round.teams} />
            </div>
          </Section>
        )
      }
    </Read>
  );
}
