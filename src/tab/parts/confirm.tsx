import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, DialogTrigger } from "@fluentui/react-components";
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
}

/** Asks before something that many people notice. */
export function Confirm({ trigger, title, children, action, onConfirm, canConfirm = true }: ConfirmProps) {
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
        setOpen(open);
        setError(null);
      }}
    >
      <DialogTrigger disableButtonEnhancement>{trigger}</DialogTrigger>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{title}</DialogTitle>
          <DialogContent>
            {children}
            {error !== null && <ProblemBar message={inWords(error)} />}
          </DialogContent>
          <DialogActions>
            <DialogTrigger disableButtonEnhancement>
              <Button>Not now</Button>
            </DialogTrigger>
            <Button appearance="primary" disabled={isBusy || !canConfirm} onClick={() => void confirm()}>
              {isBusy ? "One moment…" : action}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
