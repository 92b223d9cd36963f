import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  DialogTrigger,
  makeStyles,
  tokens,
} from "@fluentui/react-components";
import { type ReactElement, type ReactNode, use, useEffect, useState } from "react";
import { inWords } from "../api/problem.ts";
import { KeepFocusContext } from "./keep-focus.ts";
import { ProblemBar } from "./states.tsx";

export interface ConfirmProps {
  /** The button that asks. */
  readonly trigger: ReactElement;
  readonly title: string;
  /** What will happen, and who will hear of it. */
  readonly children: ReactNode;
  /** What the button does: "Cancel the meeting". */
  readonly action: string;
  /** Resolves once it is done; what it throws is shown, and nothing that was typed is lost. */
  readonly onConfirm: () => Promise<unknown>;
  readonly canConfirm?: boolean;
  /** Called when it opens, to begin with what is true now instead of what was left in it. */
  readonly onOpen?: () => void;
  /** True for what is wrong with a field, which says so itself. */
  readonly isShown?: (error: unknown) => boolean;
}

const useStyles = makeStyles({
  content: { display: "grid", gap: tokens.spacingVerticalM, gridTemplateColumns: "minmax(0, 1fr)", alignContent: "start" },
});

/** Asks before something that many people notice. */
export function Confirm({ trigger, title, children, action, onConfirm, canConfirm = true, onOpen, isShown }: ConfirmProps) {
  const styles = useStyles();
  const keepFocus = use(KeepFocusContext);
  useEffect(keepFocus, [keepFocus]);
  const [isOpen, setOpen] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const confirm = async () => {
    setBusy(true);
    setError(null);
    try {
      await onConfirm();
      setOpen(false);
    } catch (cause) {
      setError(cause);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog
      open={isOpen}
      onOpenChange={(_event, { open }) => {
        if (open) onOpen?.();
        setOpen(open);
        setError(null);
      }}
    >
      <DialogTrigger disableButtonEnhancement>{trigger}</DialogTrigger>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{title}</DialogTitle>
          <DialogContent className={styles.content}>
            {children}
            {error !== null && isShown?.(error) !== true && <ProblemBar message={inWords(error)} />}
          </DialogContent>
          <DialogActions>
            <DialogTrigger disableButtonEnhancement>
              <Button>Not now</Button>
            </DialogTrigger>
            <Button appearance="primary" disabledFocusable={isBusy || !canConfirm} onClick={() => void confirm()}>
              {isBusy ? "One moment…" : action}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
