import { Button, makeStyles, MessageBar, MessageBarActions, MessageBarBody, tokens } from "@fluentui/react-components";
import { DismissRegular } from "@fluentui/react-icons";

export interface FloatingNoteProps {
  /** What was done; null for nothing. */
  readonly text: string | null;
  readonly onDismiss: () => void;
}

const useStyles = makeStyles({
  note: {
    position: "fixed",
    bottom: tokens.spacingVerticalL,
    left: 0,
    right: 0,
    zIndex: 20,
    width: "fit-content",
    maxWidth: "min(40rem, calc(100vw - 2rem))",
    marginInline: "auto",
    boxShadow: tokens.shadow16,
    borderRadius: tokens.borderRadiusMedium,
    "@media print": { display: "none" },
  },
});

/**
 * What was done, said and read out at the foot of the screen: for a change in the midst of a long list, where a note above
 * it would be out of sight. It stays until it is put away.
 */
export function FloatingNote({ text, onDismiss }: FloatingNoteProps) {
  const styles = useStyles();
  return (
    <div role="status" className={styles.note}>
      {text !== null && (
        <MessageBar intent="success" layout="multiline">
          <MessageBarBody>{text}</MessageBarBody>
          <MessageBarActions
            containerAction={<Button appearance="transparent" icon={<DismissRegular />} aria-label="Put this note away" onClick={onDismiss} />}
          />
        </MessageBar>
      )}
    </div>
  );
}
