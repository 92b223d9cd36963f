import { Button, Checkbox, Field, makeStyles, Radio, RadioGroup, Text, tokens } from "@fluentui/react-components";
import { useState } from "react";
import { AreaList, ChangedPerson, type PersonResource } from "../../features/roster/contract.ts";
import { useRead, useSend } from "../api/use-api.ts";
import { useMe } from "../me.ts";
import { Confirm } from "../parts/confirm.tsx";
import { PersonPicker } from "../parts/person-picker.tsx";
import { Read } from "../parts/states.tsx";
import { Waiting } from "../parts/waiting.tsx";
import { counted } from "../parts/words.ts";

export interface LeadScopeProps {
  /** The lead whose scope is changed; null to make somebody a lead. */
  readonly person: PersonResource | null;
  /** Called with a sentence that says what happened. */
  readonly onDone: (note: string) => void;
  /** Called when the row of a lead goes, because they are none any more. */
  readonly onGone: () => void;
}

const useStyles = makeStyles({
  areas: { display: "grid", paddingInlineStart: tokens.spacingHorizontalXXL },
});

type Kind = "network" | "areas" | "none";
const kinds: readonly Kind[] = ["network", "areas", "none"];

/** Says what a lead sees: the whole network, some areas, or nothing more as a lead. */
export function LeadScope({ person, onDone, onGone }: LeadScopeProps) {
  const now = person?.scope ?? null;
  const [chosen, setChosen] = useState<PersonResource | null>(person);
  const [kind, setKind] = useState<Kind>(now?.kind ?? "areas");
  const [areas, setAreas] = useState<readonly string[]>(now?.kind === "areas" ? now.areas : []);
  const me = useMe();
  // Whoever steps down may not read the list any more, and reads what came of it first.
  const stepsDown = kind === "none" && person?.id === me.id;
  const send = useSend<ChangedPerson>(stepsDown ? [] : ["people", "audit-log"]);
  const without = (person?.teams.length ?? 0) > 0 ? "manager" : "member";
  const body = kind === "none" ? { role: without } : { role: "lead", scope: kind === "network" ? { kind } : { kind, areas } };
  const confirm = async () => {
    const { name, note } = await send.mutateAsync({
      path: `people/${chosen?.id ?? ""}`,
      method: "PATCH",
      body,
      schema: ChangedPerson,
    });
    if (kind === "none") onGone();
    const sees = kind === "network" ? "sees the whole network and runs it" : `sees the teams of ${areas.join(", ")}`;
    const said = kind === "none" ? `${name} is no lead any more.` : `${name} now ${sees}.`;
    onDone([said, note].filter((part) => part !== null).join(" "));
  };
  return (
    <Confirm
      trigger={
        person === null ? (
          <Button>Make somebody a lead</Button>
        ) : (
          <Button size="small" aria-label={`Change what ${person.name} sees`}>
            Change
          </Button>
        )
      }
      title={person === null ? "Make somebody a lead" : `What ${person.name} sees`}
      action={person === null ? "Make them a lead" : "Save"}
      canConfirm={chosen !== null && (kind !== "areas" || areas.length > 0)}
      onConfirm={confirm}
      onOpen={() => {
        setChosen(person);
        setKind(now?.kind ?? "areas");
        setAreas(now?.kind === "areas" ? now.areas : []);
      }}
    >
      {person === null && <PersonPicker label="Who" value={chosen} onChange={setChosen} />}
      <Field label="They see">
        <RadioGroup value={kind} onChange={(_event, { value }) => setKind(kinds.find((one) => one === value) ?? kind)}>
          <Radio value="network" label="The whole network, and they run it" />
          {person !== null && <Radio value="none" label="Their own teams only: they stop being a lead" />}
          <Radio value="areas" label="The teams of some areas" />
        </RadioGroup>
      </Field>
      {kind === "areas" && <Areas chosen={areas} onChange={setAreas} />}
      <Text>Leads see what the teams in their scope answer. Steady tells nobody about the change, so tell them yourself.</Text>
    </Confirm>
  );
}

interface AreasProps {
  readonly chosen: readonly string[];
  readonly onChange: (areas: readonly string[]) => void;
}

/** The areas of the roster to choose from. */
function Areas({ chosen, onChange }: AreasProps) {
  const styles = useStyles();
  const areas = useRead("areas", AreaList);
  return (
    <Read of={areas} loading={<Waiting height={10} />}>
      {({ items }) => (
        <div className={styles.areas} role="group" aria-label="Areas">
          {items.map(({ name, teams }) => (
            <Checkbox
              key={name}
              label={`${name} (${counted(teams, "team")})`}
              checked={chosen.includes(name)}
              onChange={(_event, { checked }) => onChange(checked === true ? [...chosen, name] : chosen.filter((one) => one !== name))}
            />
          ))}
        </div>
      )}
    </Read>
  );
}
