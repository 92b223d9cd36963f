import { makeStyles, MessageBar, MessageBarBody } from "@fluentui/react-components";

const useStyles = makeStyles({
  // Out of the way while there is nothing to say, and there all the same: what appears in it is read out.
  empty: { position: "absolute" },
});

/** What was done, said and read out; null for nothing yet. */
export function Note({ text }: { readonly text: string | null }) {
  const styles = useStyles();
  return (
    <div role="status" className={text === null ? styles.empty : undefined}>
      {text !== null && (
        <MessageBar intent="success" layout="multiline">
          <MessageBarBody>{text}</MessageBarBody>
        </MessageBar>
      )}
    </div>
  );
}
