import { type RefObject, useEffect, useRef } from "react";

/**
 * Keeps the focus on the page: once `expect` was called, it goes to the heading as soon as what had it is gone.
 * The ref belongs to the heading.
 */
export function useKeptFocus(): { readonly heading: RefObject<HTMLHeadingElement | null>; readonly expect: () => void } {
  const heading = useRef<HTMLHeadingElement>(null);
  const isExpected = useRef(false);
  useEffect(() => {
    if (!isExpected.current || document.activeElement !== document.body) return;
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
