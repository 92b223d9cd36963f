import { Button, makeStyles, MessageBar, MessageBarBody, tokens } from "@fluentui/react-components";
import { useState } from "react";
import { SettingsResource } from "../../features/settings/contract.ts";
import { ApiFault, inWords } from "../api/problem.ts";
import { useRead, useSend } from "../api/use-api.ts";
import { Section } from "../parts/page.tsx";
import { ProblemBar, Read } from "../parts/states.tsx";
import { changeOf, type Draft, draftOf, errorAt, valueOf } from "./drafts.ts";
import { SettingField } from "./field.tsx";
import type { SettingsPage } from "./fields.ts";

const useStyles = makeStyles({
  form: { display: "grid", gap: tokens.spacingVerticalXL, gridTemplateColumns: "minmax(0, 1fr)" },
  fields: { display: "grid", alignItems: "start", gap: tokens.spacingVerticalL, gridTemplateColumns: "repeat(auto-fill, minmax(min(18rem, 100%), 1fr))" },
  foot: {
    display: "grid",
    gap: tokens.spacingVerticalM,
    justifyItems: "start",
    position: "sticky",
    bottom: 0,
    paddingBlock: tokens.spacingVerticalM,
    backgroundColor: tokens.colorNeutralBackground2,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
  },
});

/** One page of settings: only what was changed is sent, and a refusal keeps all that was typed. */
export function SettingsForm({ page }: { readonly page: SettingsPage }) {
  const settings = useRead("settings", SettingsResource);
  return <Read of={settings}>{(stored) => <Fields page={page} stored={stored} />}</Read>;
}

function Fields({ page, stored }: { readonly page: SettingsPage; readonly stored: SettingsResource }) {
  const styles = useStyles();
  const [drafts, setDrafts] = useState<Readonly<Record<string, Draft>>>({});
  const send = useSend<SettingsResource>(["settings", "audit-log"]);
  const fields = page.groups.flatMap((group) => group.fields);
  const changed = fields.flatMap(({ path, kind }) => {
    const draft = drafts[path];
    return draft === undefined ? [] : [[path, valueOf(kind, draft)] as const];
  });
  const errors = send.error instanceof ApiFault ? send.error.errors : [];
  const unplaced = errors.filter(({ path }) => !fields.some((field) => path === field.path || path.startsWith(`${field.path}.`)));
  const save = () =>
    send.mutate({ path: "settings", method: "PATCH", body: changeOf(changed), schema: SettingsResource }, { onSuccess: () => setDrafts({}) });
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      {page.groups.map((group) => (
        <Section key={group.title} title={group.title}>
          <div className={styles.fields}>
            {group.fields.map((field) => (
              <SettingField
                key={field.path}
                field={field}
                draft={drafts[field.path] ?? draftOf(stored, field)}
                error={errorAt(errors, field.path)}
                onChange={(draft) => setDrafts((before) => ({ ...before, [field.path]: draft }))}
              />
            ))}
          </div>
        </Section>
      ))}
      <div className={styles.foot}>
        {send.error !== null && <ProblemBar message={[inWords(send.error), ...unplaced.map(({ message }) => message)].join(" ")} />}
        <div role="status">
          {send.isSuccess && changed.length === 0 && (
            <MessageBar intent="success">
              <MessageBarBody>Saved. The audit log shows who changed what.</MessageBarBody>
            </MessageBar>
          )}
        </div>
        <div style={{ display: "flex", gap: tokens.spacingHorizontalS }}>
          <Button type="submit" appearance="primary" disabled={changed.length === 0 || send.isPending}>
            {send.isPending ? "Saving…" : "Save"}
          </Button>
          {changed.length > 0 && <Button onClick={() => setDrafts({})}>Undo changes</Button>}
        </div>
      </div>
    </form>
  );
}
