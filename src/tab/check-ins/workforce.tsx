import type { Details } from "../../features/check-ins/contract.ts";
import { Section } from "../parts/page.tsx";
import { Stat, Stats } from "../parts/stat.tsx";
import { number } from "../parts/words.ts";

/** Who is missing, who left, whose contract ends, and who had supervision. */
export function Workforce({ details }: { readonly details: Details }) {
  const { vacancies, contractsEnding, staffWhoLeft, supervision } = details;
  return (
    <Section title="Workforce">
      <Stats>
        <Stat name="Vacancies" value={vacancies === null ? null : `${number(vacancies.wte)} WTE`}>
          {vacancies?.words}
        </Stat>
        <Stat
          name="On contracts that end within six months"
          value={contractsEnding === null ? null : `${number(contractsEnding.wte)} WTE`}
        >
          {contractsEnding?.words}
        </Stat>
        <Stat name="Staff who left" value={staffWhoLeft === null ? null : number(staffWhoLeft.count)}>
          {staffWhoLeft?.words}
        </Stat>
        <Stat name="Teams in which everyone had supervision" value={supervision === null ? null : everyone(supervision)}>
          {supervision === null ? undefined : `${othersIn(supervision)}${supervision.words}`}
        </Stat>
      </Stats>
    </Section>
  );
}

type Supervision = NonNullable<Details["supervision"]>;

function everyone({ answers, teams }: Supervision): string {
  return `${answers.find(({ answer }) => answer === "everyone")?.teams ?? 0} of ${teams}`;
}

/** "Some: 3; nobody: 1. " */
function othersIn({ answers }: Supervision): string {
  const others = answers.filter(({ answer }) => answer !== "everyone").map(({ words, teams }) => `${words}: ${teams}`);
  return others.length === 0 ? "" : `${others.join(", ")}. `;
}
