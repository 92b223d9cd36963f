import { type RefObject, useEffect, useRef } from "react";

/** Goes with the address to which a pressed button leads: the heading of the page there takes the focus that the button had. */
export const takingFocus = { state: { takesFocus: true } } as const;

function cameByButton(): boolean {
  const state: unknown = history.state;
  return typeof state === "object" && state !== null && "takesFocus" in state;
}

/**
 * Keeps the focus on the page: once `expect` was called, it goes to the heading as soon as what had it is gone.
 * The ref belongs to the heading.
 * @param isPages true for a page's own heading, which takes the focus as well when a button has led there (`takingFocus`)
 */
export function useKeptFocus(isPages = false): { readonly heading: RefObject<HTMLHeadingElement | null>; readonly expect: () => void } {
  const heading = useRef<HTMLHeadingElement>(null);
  const isExpected = useRef(isPages && cameByButton());
  useEffect(() => {
    // The frame puts it on <main> when a link has gone with its page.
    const isNowhere = document.activeElement === document.body || document.activeElement?.id === "main";
    if (!isExpected.current || !isNowhere) return;
    isExpected.current = false;
    heading.current?.focus();
  });
  return {
    heading,
    expect: () => {
      isExpected.current = true;
    },
  };
}
