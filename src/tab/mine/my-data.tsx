import { Button, makeStyles, Text, tokens } from "@fluentui/react-components";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { Erased, MyData as Data } from "../../features/account/contract.ts";
import { inWords } from "../api/problem.ts";
import { useApi, useSend } from "../api/use-api.ts";
import { Confirm } from "../parts/confirm.tsx";
import { Section } from "../parts/page.tsx";
import { saveFile } from "../parts/save-file.ts";
import { ProblemBar } from "../parts/states.tsx";
import { erasedInWords } from "./words.ts";

const useStyles = makeStyles({
  words: { maxWidth: "75ch" },
  dialog: { display: "grid", gap: tokens.spacingVerticalM },
});

/** What is kept about the viewer, to take away; and what they gave, to erase. */
export function MyData() {
  const styles = useStyles();
  const api = useApi();
  const [note, setNote] = useState("");
  const erase = useSend<Erased>();
  const take = useMutation({
    mutationFn: async () => {
      const data = await api.call("me/data", Data);
      saveFile({ name: "my-steady-data.json", blob: new Blob([JSON.stringify(data, null, 2)], { type: "application/json" }) });
    },
    onMutate: () => setNote(""),
    onSuccess: () => setNote("The file is with your downloads."),
  });
  const confirm = async () => {
    setNote("");
    const { erased } = await erase.mutateAsync({ path: "me/data", method: "DELETE", schema: Erased });
    setNote(erasedInWords(erased));
  };
  return (
    <Section
      title="My data"
      actions={
        <>
          <Button disabledFocusable={take.isPending} onClick={() => take.mutate()}>
            {take.isPending ? "Gathering…" : "Download my data"}
          </Button>
          <Confirm trigger={<Button>Erase what I gave</Button>} title="Erase what you gave?" action="Erase it" onConfirm={confirm}>
            <div className={styles.dialog}>
              <Text>
                Your check-ins, your requests for help, your answers to invitations and the times when you don’t work are deleted, links that
                were mailed to you end, and your teams’ figures change with them. This can’t be undone.
              </Text>
              <Text>
                Your place in the roster and the record of cards sent to you stay, because your network needs them; ask a lead to take you off
                the roster. What you answered in a survey has no name to it, so it can’t be found to be erased.
              </Text>
            </div>
          </Confirm>
        </>
      }
    >
      <Text className={styles.words}>
        The file has all that is kept about you, but for the record of cards sent to you and of what you did here as a lead. What you
        answered in a survey has no name to it and can’t be listed.
      </Text>
      <Text role="status">{note}</Text>
      {take.error !== null && <ProblemBar message={inWords(take.error)} />}
    </Section>
  );
}
