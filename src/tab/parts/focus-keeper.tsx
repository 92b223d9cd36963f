import { useFocusFinders } from "@fluentui/react-components";

/**
 * Keeps Fluent UI's management of the focus alive: it stops with its last user, and when that is a dialog which goes while
 * it is open, as a button's goes with the state that it was for, the page stays hidden from screen readers. Loaded with
 * the first dialog, because the management is a sixth of the script that the first page needs.
 */
export default function FocusKeeper() {
  useFocusFinders();
  return null;
}
