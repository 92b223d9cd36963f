import { makeStyles, tokens } from "@fluentui/react-components";
import type { MeetingDetails } from "../../features/meetings/contract.ts";

const useStyles = makeStyles({
  heading: { margin: 0, fontSize: tokens.fontSizeBase300, lineHeight: tokens.lineHeightBase300, fontWeight: tokens.fontWeightSemibold },
  list: { margin: 0, paddingInlineStart: tokens.spacingHorizontalXXL, display: "grid", gap: tokens.spacingVerticalXXS },
  who: { color: tokens.colorNeutralForeground2 },
});

/** What people want to raise, and who; nothing while nobody does. */
export function Raised({ people }: { readonly people: MeetingDetails["people"] }) {
  const styles = useStyles();
  const raised = people.filter(({ raise }) => raise !== null && raise !== "");
  if (raised.length === 0) return null;
  return (
    <>
      <h3 className={styles.heading}>Who wants to raise what</h3>
      <ul className={styles.list}>
        {raised.map(({ person, raise }) => (
          <li key={person.id}>
            {raise} <span className={styles.who}>({person.name})</span>
          </li>
        ))}
      </ul>
    </>
  );
}
