import { type ComponentType, useEffect, useState } from "react";
import { ApiFault } from "../api/problem.ts";
import { PageSkeleton } from "./page.tsx";

type Load = () => Promise<{ readonly default: ComponentType }>;
type State = { readonly Page: ComponentType } | { readonly fault: Error } | null;

/**
 * A page whose script is loaded when it is first shown; what looks like a page stands in its place meanwhile. React's own
 * `lazy` would leave that there for 300 ms however quickly the script comes, because it holds back what replaces a fallback.
 * Throws for the nearest boundary when the script can't be loaded; shown again, it tries again.
 */
export function later(load: Load): ComponentType {
  let known: State = null;
  return function Later() {
    const [state, setState] = useState(known);
    useEffect(() => {
      if (state !== null) return;
      let isGone = false;
      const settle = (next: State) => {
        if (!isGone) setState(next);
      };
      load().then(
        ({ default: Page }) => {
          known = { Page };
          settle(known);
        },
        () => settle({ fault: new ApiFault("This page can't be loaded. Check your connection, then try again; after an update of Steady, reload the tab.") }),
      );
      return () => {
        isGone = true;
      };
    }, [state]);
    if (state === null) return <PageSkeleton />;
    if ("fault" in state) throw state.fault;
    return <state.Page />;
  };
}
