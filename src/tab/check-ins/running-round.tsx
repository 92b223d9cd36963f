import { makeStyles, Skeleton, SkeletonItem, Text, tokens } from "@fluentui/react-components";
import { RoundPage } from "../../features/check-ins/contract.ts";
import { useRead } from "../api/use-api.ts";
import { useMe } from "../me.ts";
import { day, moment } from "../parts/dates.ts";
import { PageLink, Section } from "../parts/page.tsx";
import { Read } from "../parts/states.tsx";
import { RoundBar } from "./round-bar.tsx";

const useStyles = makeStyles({
  lines: { display: "grid", gap: tokens.spacingVerticalS },
  // A line and a bar with its words.
  skeleton: { height: "58px" },
});

/** How far the latest round has come. */
export function RunningRound() {
  const styles = useStyles();
  const { scope } = useMe();
  const rounds = useRead("check-in-rounds?limit=1", RoundPage, { every: 10_000 });
  return (
    <Section
      title="The latest round"
      actions={
        <PageLink to="check-ins/rounds">{scope === "network" ? "Open, remind, retry or close" : "All rounds"}</PageLink>
      }
    >
      <Read
        of={rounds}
        loading={
          <Skeleton aria-label="Loading">
            <SkeletonItem className={styles.skeleton} />
          </Skeleton>
        }
      >
        {({ items: [round] }) =>
          round === undefined ? (
            <Text>No round has been opened yet.</Text>
          ) : (
            <div className={styles.lines}>
              <Text>
                {round.state === "open"
                  ? `Opened on ${day(round.opensOn)}, open until ${moment(round.closesAt)}.`
                  : `Opened on ${day(round.opensOn)}, closed on ${day(round.closedAt ?? round.closesAt)}.`}
              </Text>
              <RoundBar teams={round.teams} />
            </div>
          )
        }
      </Read>
    </Section>
  );
}
