import type { Suppression } from "./model.ts";

/**
 * Why something isn't shown, in one sentence. A group can lose its label to protect a smaller one, so "too few" doesn't
 * say who they are; nor does "unanimous" say that all are alike, since that would tell what each of them said.
 * @param what opens the sentence: "The score of North areas"
 */
export function suppressionInWords(why: Suppression, threshold: number, what = "This"): string {
  return `${what} isn't shown, because ${reason(why, threshold)}.`;
}

function reason(why: Suppression, threshold: number): string {
  switch (why) {
    case "too-few":
      return `it would single out fewer than ${threshold} people`;
    case "complement":
      return `fewer than ${threshold} people would be left beside what is shown`;
    case "unanimous":
      return "all or nearly all of the people whom it would tell about came out the same";
    case "lost":
      return "the key to the answers was lost, and nobody can read them";
  }
}
