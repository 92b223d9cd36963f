import { createContext, use } from "react";
import { type Host, SignInFault } from "./host.ts";

export const HostContext = createContext<Host | null>(null);

/** The program that shows the tab. Throws when the frame gave none. */
export function useHost(): Host {
  const host = use(HostContext);
  if (host === null) throw new SignInFault("This page stands outside the tab.");
  return host;
}
