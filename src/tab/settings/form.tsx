import { Button, makeStyles, mergeClasses, Text, tokens } from "@fluentui/react-components";
import { useEffect, useRef, useState } from "react";
import { SettingsResource } from "../../features/settings/contract.ts";
import { ApiFault, inWords } from "../api/problem.ts";
import { useRead, useSend } from "../api/use-api.ts";
import { FloatingNote } from "../parts/floating-note.tsx";
import { Section } from "../parts/page.tsx";
import { ProblemBar, Read } from "../parts/states.tsx";
import { Waiting } from "../parts/waiting.tsx";
import { changedIn, changeOf, type Drafts, draftOf, errorsWithin } from "./drafts.ts";
import { SettingField } from "./field.tsx";
import type { SettingsPage } from "./fields.ts";

const useStyles = makeStyles({
  form: { display: "grid", gap: tokens.spacingVerticalXL, gridTemplateColumns: "minmax(0, 1fr)" },
  fields: {
    display: "grid",
    alignItems: "start",
    gap: `${tokens.spacingVerticalL} ${tokens.spacingHorizontalXXL}`,
    gridTemplateColumns: "repeat(auto-fill, minmax(min(18rem, 100%), 1fr))",
    // The bar at the foot of the screen must not hide what has the focus.
    "& input, & select, & textarea, & button": { scrollMarginBottom: "9rem", scrollMarginTop: "4rem" },
  },
  intro: { color: tokens.colorNeutralForeground2 },
  foot: {
    display: "grid",
    gap: tokens.spacingVerticalS,
    position: "sticky",
    bottom: 0,
    zIndex: 5,
    padding: tokens.spacingVerticalM,
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderRadius: tokens.borderRadiusXLarge,
    boxShadow: tokens.shadow8,
  },
  row: { display: "flex", flexWrap: "wrap", gap: tokens.spacingHorizontalM, alignItems: "center", justifyContent: "space-between" },
  buttons: { display: "flex", flexWrap: "wrap", gap: tokens.spacingHorizontalS },
  hidden: { display: "none" },
});

export interface SettingsFormProps {
  readonly page: SettingsPage;
  readonly drafts: Drafts;
  readonly onDrafts: (change: (before: Drafts) => Drafts) => void;
}

/** One part of the settings: only what was changed is sent, and a refusal keeps all that was typed. */
export function SettingsForm(props: SettingsFormProps) {
  const settings = useRead("settings", SettingsResource);
  return (
    <Read of={settings} loading={<Waiting height={60} />}>
      {(stored) => <Fields {...props} stored={stored} />}
    </Read>
  );
}

function Fields({ page, drafts, onDrafts, stored }: SettingsFormProps & { readonly stored: SettingsResource }) {
  const styles = useStyles();
  const heading = useRef<HTMLHeadingElement>(null);
  const foot = useRef<HTMLDivElement>(null);
  const [note, setNote] = useState<string | null>(null);
  const send = useSend<SettingsResource>(["settings", "audit-log", "overview", "meetings"]);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    // What is wrong may be out of sight.
    if (send.error !== null) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [send.error]);
  const fields = page.groups.flatMap((group) => group.fields);
  const changed = changedIn(fields, stored, drafts);
  const errors = send.error instanceof ApiFault ? send.error.errors : [];
  const unplaced = errors.filter((error) => !fields.some(({ path }) => errorsWithin([error], path).length > 0));
  const forget = () => {
    onDrafts((before) => Object.fromEntries(Object.entries(before).filter(([path]) => !fields.some((field) => field.path === path))));
    // The bar goes with what it was for; whoever is elsewhere by now stays there.
    if (foot.current?.contains(document.activeElement) === true) heading.current?.focus();
  };
  const save = () => {
    if (changed.length === 0 || send.isPending) return;
    const onSuccess = () => {
      forget();
      setNote("Saved. The audit log shows who changed what.");
    };
    send.mutate({ path: "settings", method: "PATCH", body: changeOf(changed), schema: SettingsResource }, { onSuccess });
  };
  return (
    <form
      ref={form}
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <Text className={styles.intro}>{page.intro}</Text>
      {page.groups.map((group, place) => (
        <Section key={group.title} title={group.title} {...(place === 0 ? { headingRef: heading } : {})}>
          <div className={styles.fields}>
            {group.fields.map((field) => (
              <SettingField
                key={field.path}
                field={field}
                draft={drafts[field.path] ?? draftOf(stored, field)}
                errors={errors}
                onChange={(draft) => {
                  setNote(null);
                  onDrafts((before) => ({ ...before, [field.path]: draft }));
                }}
              />
            ))}
          </div>
        </Section>
      ))}
      <div ref={foot} className={mergeClasses(changed.length === 0 ? styles.hidden : styles.foot)}>
        {send.error !== null && <ProblemBar message={[inWords(send.error), ...unplaced.map(({ message }) => message)].join(" ")} />}
        <div className={styles.row}>
          <Text role="status">{changed.length === 1 ? "1 change isn’t saved yet." : `${changed.length} changes aren’t saved yet.`}</Text>
          <div className={styles.buttons}>
            <Button
              onClick={() => {
                send.reset();
                forget();
              }}
            >
              Undo
            </Button>
            <Button type="submit" appearance="primary" disabledFocusable={send.isPending}>
              {send.isPending ? "Saving…" : "Save"}
            </Button>
          </div>
        </div>
      </div>
      <FloatingNote text={note} onDismiss={() => setNote(null)} />
    </form>
  );
}
