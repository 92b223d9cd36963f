import { useState } from "react";
import { Redirect, Route, Switch } from "wouter";
import { Page } from "../parts/page.tsx";
import { SubPages } from "../parts/sub-pages.tsx";
import { AuditLog } from "./audit-log.tsx";
import type { Drafts } from "./drafts.ts";
import { settingsPages } from "./fields.ts";
import { SettingsForm } from "./form.tsx";
import { Leads } from "./leads.tsx";

const pages = [
  ...settingsPages.map(({ name, title }) => ({ to: `settings/${name}`, title })),
  { to: "settings/leads", title: "Leads" },
  { to: "settings/audit-log", title: "Audit log" },
];

/** The network's settings by feature, who leads it, and who changed what. */
export default function Settings() {
  // They outlive a look at another part.
  const [drafts, setDrafts] = useState<Drafts>({});
  return (
    <Page title="Settings" intro="What goes out when, what is shown to whom, and who runs the network. Every change is in the audit log.">
      <SubPages label="Settings" pages={pages} />
      <Switch>
        {settingsPages.map((page) => (
          <Route key={page.name} path={`/settings/${page.name}`}>
            <SettingsForm page={page} drafts={drafts} onDrafts={setDrafts} />
          </Route>
        ))}
        <Route path="/settings/leads">
          <Leads />
        </Route>
        <Route path="/settings/audit-log">
          <AuditLog />
        </Route>
        <Route>
          <Redirect to={`/settings/${settingsPages[0]?.name ?? "leads"}`} replace />
        </Route>
      </Switch>
    </Page>
  );
}
