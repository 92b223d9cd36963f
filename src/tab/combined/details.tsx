import type { Details } from "../../features/check-ins/contract.ts";
import { Section } from "../parts/page.tsx";
import { Stat, Stats } from "../parts/stat.tsx";
import { Empty } from "../parts/states.tsx";
import { TeamsByChoice } from "./teams-by-choice.tsx";
import { heldBack, notShown } from "./words.ts";
import { counted, number } from "../parts/words.ts";

/** What the second cards said of all teams together; what isn't shown is said to be withheld. */
export function CombinedDetails({ details }: { readonly details: Details | null }) {
  if (details === null) {
    return (
      <Section title="Referrals, workforce and pressures">
        <Empty>
          Nothing can be shown of these yet: each check-in asks about one of them, and it takes several teams of different
          employers to show what they said.
        </Empty>
      </Section>
    );
  }
  return (
    <>
      <Section title="Referrals that needed another service">
        <Stats>
          <ReferralStats details={details} />
        </Stats>
        <Reasons details={details} />
      </Section>
      <Section title="Workforce">
        <Stats>
          <WorkforceStats details={details} />
        </Stats>
        <TeamsByChoice
          name="How much of the team had supervision in the month"
          column="Supervision"
          basis={details.supervision}
          choices={(details.supervision?.answers ?? []).map(({ answer, ...rest }) => ({ key: answer, ...rest }))}
        />
      </Section>
      <Section title="Pressures">
        <PressureBars details={details} />
        <Stats>
          <YesStat name="Teams whose appointments are long enough" of={details.appointmentsLongEnough} />
        </Stats>
      </Section>
    </>
  );
}

interface DetailsProps {
  readonly details: Details;
}

/** Two figures for a list of them. */
export function ReferralStats({ details: { referrals, intakePaused } }: DetailsProps) {
  return (
    <>
      <Stat name="Referrals that needed another service" value={referrals === null ? null : number(referrals.count)} missing={notShown}>
        {referrals?.words ?? heldBack}
      </Stat>
      <YesStat name="Teams that paused new referrals" of={intakePaused} />
    </>
  );
}

export function Reasons({ details: { referrals } }: DetailsProps) {
  return (
    <TeamsByChoice
      name="Why referrals needed another service"
      column="Main reason"
      basis={referrals}
      choices={(referrals?.reasons ?? []).map(({ reason, ...rest }) => ({ key: reason, ...rest }))}
    />
  );
}

/** Three figures for a list of them. */
export function WorkforceStats({ details: { vacancies, contractsEnding, staffWhoLeft } }: DetailsProps) {
  return (
    <>
      <Stat name="Vacancies" value={vacancies === null ? null : `${number(vacancies.wte)} WTE`} missing={notShown}>
        {vacancies?.words ?? heldBack}
      </Stat>
      <Stat
        name="On contracts that end within six months"
        value={contractsEnding === null ? null : `${number(contractsEnding.wte)} WTE`}
        missing={notShown}
      >
        {contractsEnding?.words ?? heldBack}
      </Stat>
      <Stat name="Staff who left" value={staffWhoLeft === null ? null : counted(staffWhoLeft.count, "person", "people")} missing={notShown}>
        {staffWhoLeft?.words ?? heldBack}
      </Stat>
    </>
  );
}

export function PressureBars({ details: { pressures } }: DetailsProps) {
  return (
    <TeamsByChoice
      name="What people bring more of"
      column="Pressure"
      basis={pressures}
      choices={(pressures?.items ?? []).map(({ pressure, ...rest }) => ({ key: pressure, ...rest }))}
    />
  );
}

export function YesStat({ name, of }: { readonly name: string; readonly of: Details["intakePaused"] }) {
  return (
    <Stat name={name} value={of === null ? null : `${of.teams} of ${of.of}`} missing={notShown}>
      {of?.words ?? heldBack}
    </Stat>
  );
}
