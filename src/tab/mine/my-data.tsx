import { Button, Text } from "@fluentui/react-components";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { Erased, MyData as Data } from "../../features/account/contract.ts";
import { inWords } from "../api/problem.ts";
import { useApi, useSend } from "../api/use-api.ts";
import { Confirm } from "../parts/confirm.tsx";
import { Section } from "../parts/page.tsx";
import { saveFile } from "../parts/save-file.ts";
import { ProblemBar } from "../parts/states.tsx";

/** All that is kept about the viewer, to take away or to erase. */
export function MyData() {
  const api = useApi();
  const [note, setNote] = useState("");
  const erase = useSend<Erased>();
  const take = useMutation({
    mutationFn: async () => {
      const data = await api.call("me/data", Data);
      saveFile({ name: "my-steady-data.json", blob: new Blob([JSON.stringify(data, null, 2)], { type: "application/json" }) });
    },
  });
  const confirm = async () => {
    const { erased } = await erase.mutateAsync({ path: "me/data", method: "DELETE", schema: Erased });
    const all = Object.values(erased).reduce((sum, one) => sum + one, 0);
    setNote(all === 0 ? "There was nothing to erase." : `Erased: ${all} ${all === 1 ? "thing" : "things"} that you gave.`);
  };
  return (
    <Section
      title="My data"
      actions={
        <>
          <Button disabled={take.isPending} onClick={() => take.mutate()}>
            {take.isPending ? "Gathering…" : "Download it"}
          </Button>
          <Confirm trigger={<Button>Erase what I gave</Button>} title="Erase what you gave" action="Erase it" onConfirm={confirm}>
            <Text>Your check-ins and answers to meetings go for good, and your teams count as not having answered. Survey answers can’t be found again, by design.</Text>
          </Confirm>
        </>
      }
    >
      <Text>Everything that Steady keeps about you, as a file, or gone.</Text>
      <Text role="status">{note}</Text>
      {take.error !== null && <ProblemBar message={inWords(take.error)} />}
    </Section>
  );
}
