import { createContext, use } from "react";
import type { Me } from "../features/account/contract.ts";
import { SignInFault } from "./host/host.ts";

export const MeContext = createContext<Me | null>(null);

/** Who is signed in. Throws when the frame doesn't know yet. */
export function useMe(): Me {
  const me = use(MeContext);
  if (me === null) throw new SignInFault("This page stands outside the tab.");
  return me;
}
