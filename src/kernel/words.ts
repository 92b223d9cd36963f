/** "Ana", "Ana and Ben", "Ana, Ben and Cem"; "" for nobody. */
export function listInWords(names: readonly string[]): string {
  if (names.length <= 1) return names.join("");
  return `${names.slice(0, -1).join(", ")} and ${names.at(-1) ?? ""}`;
}

/** Who sends a card: part of the last line of every one. */
export function sentBy(network: string): string {
  return `Sent by Steady for ${network}.`;
}
