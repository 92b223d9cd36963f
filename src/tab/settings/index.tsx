import { Tab, TabList } from "@fluentui/react-components";
import { useLocation } from "wouter";
import { Page } from "../parts/page.tsx";
import { AuditLog } from "./audit-log.tsx";
import { settingsPages } from "./fields.ts";
import { SettingsForm } from "./form.tsx";
import { Leads } from "./leads.tsx";

/** The network's settings by feature, who leads it, and who changed what. */
export default function Settings() {
  const [location, go] = useLocation();
  const name = location.split("/")[2] ?? "check-ins";
  const page = settingsPages.find((one) => one.name === name);
  const intro = page?.intro ?? (name === "leads" ? "Who sees what, and who runs the network." : "Who did what, the newest first.");
  return (
    <Page title="Settings" intro={intro}>
      <TabList selectedValue={name} onTabSelect={(_event, { value }) => go(`/settings/${String(value)}`)} style={{ flexWrap: "wrap" }}>
        {settingsPages.map((one) => (
          <Tab key={one.name} value={one.name}>
            {one.title}
          </Tab>
        ))}
        <Tab value="leads">Leads</Tab>
        <Tab value="audit-log">Audit log</Tab>
      </TabList>
      {page !== undefined && <SettingsForm key={page.name} page={page} />}
      {name === "leads" && <Leads />}
      {name === "audit-log" && <AuditLog />}
    </Page>
  );
}
