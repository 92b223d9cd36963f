import type { PersonResource } from "../../features/roster/contract.ts";

/** How the viewer gets their cards, said to themselves. */
export function reachInWords({ reach, stopped }: Pick<PersonResource, "reach" | "stopped">): string {
  if (stopped) return "You get no messages, because you asked for none.";
  switch (reach.by) {
    case "teams":
      return "Your cards come to your chat with Steady in Teams.";
    case "link":
      return "Your cards come as a link in an e-mail.";
    case "none":
      return "Steady can’t reach you at present: ask a lead of your network what to do.";
  }
}

/** "There was nothing to erase." or "3 things that you gave are erased." */
export function erasedInWords(erased: Readonly<Record<string, number>>): string {
  const all = Object.values(erased).reduce((sum, one) => sum + one, 0);
  if (all === 0) return "There was nothing to erase.";
  return all === 1 ? "One thing that you gave is erased." : `${all} things that you gave are erased.`;
}
