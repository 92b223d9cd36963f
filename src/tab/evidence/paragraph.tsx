import { Button, makeStyles, Text, tokens } from "@fluentui/react-components";
import { useState } from "react";
import { Section } from "../parts/page.tsx";

const useStyles = makeStyles({
  quote: {
    margin: 0,
    paddingLeft: tokens.spacingHorizontalM,
    borderLeft: `3px solid ${tokens.colorNeutralStrokeAccessible}`,
    maxWidth: "80ch",
  },
});

/** A paragraph ready to paste, with the button that copies it. */
export function Paragraph({ text }: { readonly text: string }) {
  const styles = useStyles();
  const [said, setSaid] = useState("");
  const copy = async () => {
    // Teams may forbid it; then the paragraph can still be marked and copied by hand.
    const isCopied = await navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    );
    setSaid(isCopied ? "Copied." : "It can’t be copied from here: select the paragraph and copy it by hand.");
  };
  return (
    <Section title="A paragraph to paste" actions={<Button onClick={() => void copy()}>Copy the paragraph</Button>}>
      <blockquote className={styles.quote}>
        <Text>{text}</Text>
      </blockquote>
      <Text role="status" size={200}>
        {said}
      </Text>
    </Section>
  );
}
