import { Button, MessageBar, MessageBarActions, MessageBarBody } from "@fluentui/react-components";
import type { BarProps } from "./plain-bar.tsx";

/** A message bar over several lines, with a button where something can be tried again. */
export default function Bar({ intent, message, onRetry }: BarProps) {
  return (
    <MessageBar intent={intent} layout="multiline">
      <MessageBarBody>{message}</MessageBarBody>
      {onRetry !== undefined && (
        <MessageBarActions>
          <Button onClick={onRetry}>Try again</Button>
        </MessageBarActions>
      )}
    </MessageBar>
  );
}
