import { useEffect, useState } from "react";
import { flushSync } from "react-dom";

/** True while the page is being printed: what is drawn for a dark screen needs other colours on white paper. */
export function useOnPaper(): boolean {
  const [isPrinting, setPrinting] = useState(() => matchMedia("print").matches);
  useEffect(() => {
    const query = matchMedia("print");
    // A browser takes its picture of the page right after these events.
    const set = (value: boolean) => flushSync(() => setPrinting(value));
    const onChange = () => set(query.matches);
    const onBefore = () => set(true);
    const onAfter = () => set(false);
    query.addEventListener("change", onChange);
    addEventListener("beforeprint", onBefore);
    addEventListener("afterprint", onAfter);
    return () => {
      query.removeEventListener("change", onChange);
      removeEventListener("beforeprint", onBefore);
      removeEventListener("afterprint", onAfter);
    };
  }, []);
  return isPrinting;
}
