import { Accordion, AccordionHeader, AccordionItem, AccordionPanel, Text } from "@fluentui/react-components";
import type { MeetingDetails } from "../../features/meetings/contract.ts";
import { DataTable } from "../parts/table.tsx";
import { byArea } from "./by-area.ts";

/** Answers by area with who hasn't answered, and what people want to raise. */
export function AnswersByArea({ people }: { readonly people: MeetingDetails["people"] }) {
  const raised = people.filter(({ raise }) => raise !== null && raise !== "");
  if (people.length === 0) return null;
  return (
    <>
      <DataTable
        caption="Answers by area"
        rows={byArea(people)}
        keyOf={({ area }) => area}
        columns={[
          { title: "Area", cell: ({ area }) => area, width: 10 },
          { title: "Invited", cell: ({ invited }) => invited, isNumber: true, width: 5 },
          { title: "Yes", cell: ({ yes }) => yes, isNumber: true, width: 4 },
          { title: "Maybe", cell: ({ maybe }) => maybe, isNumber: true, width: 5 },
          { title: "No", cell: ({ no }) => no, isNumber: true, width: 4 },
          { title: "Hasn’t answered", cell: ({ unanswered }) => (unanswered.length === 0 ? "Nobody" : unanswered.join(", ")), width: 24 },
        ]}
      />
      {raised.length > 0 && (
        <Accordion collapsible>
          <AccordionItem value="raised">
            <AccordionHeader as="h3">What people want to raise ({raised.length})</AccordionHeader>
            <AccordionPanel>
              <ul>
                {raised.map(({ person, raise }) => (
                  <li key={person.id}>
                    <Text>
                      {person.name}: {raise}
                    </Text>
                  </li>
                ))}
              </ul>
            </AccordionPanel>
          </AccordionItem>
        </Accordion>
      )}
    </>
  );
}
