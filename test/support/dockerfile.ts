import { DockerfileParser } from "dockerfile-ast";

export interface Instruction {
  readonly keyword: string;
  /** What follows the keyword, lines joined. */
  readonly text: string;
}

export interface Stage {
  readonly name: string | null;
  readonly from: string;
  readonly instructions: readonly Instruction[];
}

/** The stages of a Dockerfile, in order. */
export function readDockerfile(text: string): Stage[] {
  const stages: { name: string | null; from: string; instructions: Instruction[] }[] = [];
  const lines = text.split("\n");
  for (const instruction of DockerfileParser.parse(text).getInstructions()) {
    const keyword = instruction.getKeyword();
    const { start, end } = instruction.getRange();
    const whole = lines.slice(start.line, end.line + 1).filter((line) => !line.trimStart().startsWith("#"));
    const words = whole.join("\n").replace(/\\\n/g, " ").replace(/\s+/g, " ").slice(keyword.length + 1);
    const [from = "", , name = null] = words.split(" ");
    if (keyword === "FROM") stages.push({ name, from, instructions: [] });
    else stages.at(-1)?.instructions.push({ keyword, text: words });
  }
  return stages;
}
