import { Button, makeStyles, mergeClasses, Text, tokens } from "@fluentui/react-components";
import { type DragEvent, useRef, useState } from "react";

export interface DropFileProps {
  readonly onFile: (file: File) => void;
  readonly isBusy: boolean;
  /** The file that was chosen last; null for none. */
  readonly name: string | null;
}

const useStyles = makeStyles({
  zone: {
    display: "flex",
    flexWrap: "wrap",
    gap: tokens.spacingVerticalM,
    alignItems: "center",
    justifyContent: "center",
    textAlign: "center",
    padding: tokens.spacingVerticalXL,
    border: `2px dashed ${tokens.colorNeutralStrokeAccessible}`,
    borderRadius: tokens.borderRadiusLarge,
    "@media (max-width: 480px)": { padding: tokens.spacingVerticalM },
  },
  over: {
    backgroundColor: tokens.colorNeutralBackground1Hover,
    border: `2px dashed ${tokens.colorCompoundBrandStroke}`,
  },
  name: { overflowWrap: "anywhere" },
});

/** Takes a file that is dropped on it, or chosen by its button. */
export function DropFile({ onFile, isBusy, name }: DropFileProps) {
  const styles = useStyles();
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const hover = (over: boolean) => (event: DragEvent) => {
    event.preventDefault();
    setOver(over);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const [file] = event.dataTransfer.files;
    if (file !== undefined && !isBusy) onFile(file);
  };
  return (
    <div
      className={mergeClasses(styles.zone, isOver && styles.over)}
      onDragOver={hover(true)}
      onDragLeave={hover(false)}
      onDrop={drop}
    >
      <Text className={styles.name}>{name === null ? "Drop the roster here, or" : `${name} is chosen. Drop another one here, or`}</Text>
      <input
        ref={input}
        type="file"
        accept=".csv,text/csv"
        aria-label="Roster file"
        hidden
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          if (file !== undefined) onFile(file);
          // The same file may be chosen again once it has been put right.
          event.target.value = "";
        }}
      />
      <Button appearance={name === null ? "primary" : "secondary"} disabledFocusable={isBusy} onClick={() => input.current?.click()}>
        {name === null ? "Choose a file" : "Choose another file"}
      </Button>
    </div>
  );
}
