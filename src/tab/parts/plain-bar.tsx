import { Button, Text, tokens } from "@fluentui/react-components";

export interface BarProps {
  readonly intent: "error" | "info";
  readonly message: string;
  readonly onRetry?: () => void;
}

/** The words of a message bar with its button and no more: until the bar is loaded, or where it can't be. */
export function PlainBar({ message, onRetry }: BarProps) {
  return (
    <div style={{ display: "flex", flexWrap: "wrap", alignItems: "center", gap: tokens.spacingHorizontalM, minHeight: "36px" }}>
      <Text>{message}</Text>
      {onRetry !== undefined && <Button onClick={onRetry}>Try again</Button>}
    </div>
  );
}
