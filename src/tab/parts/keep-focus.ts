import { createContext } from "react";

/** Asks the frame to keep Fluent UI's management of the focus alive from now on. */
export const KeepFocusContext = createContext<() => void>(() => undefined);
