// Makes test/infra/arm-types.json anew: npm run arm-types
// Microsoft ships no types of Azure Resource Manager for a check without its own compiler, but its management libraries
// for JavaScript carry them. They are large, so they are unpacked for a moment, and what infra/ uses is written down.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkTypes, type ArmObject } from "./arm-types.ts";
import { mapperObjects } from "./extract-mappers.ts";
import { serializerObjects } from "./extract-serializers.ts";
import { bicepFiles } from "./files.ts";
import { checkReads } from "./reads.ts";

interface Source {
  readonly from: string;
  /** Where its models lie in the package. */
  readonly models: string;
  readonly style?: "serializers";
  /** The library's name for each resource. */
  readonly resources: Readonly<Record<string, string>>;
}

const older = "dist-esm/src/models";
const newer = "dist/esm/models";

const sources: readonly Source[] = [
  { from: "@azure/arm-msi@2.2.0", models: newer, resources: { "Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30": "Identity" } },
  {
    from: "@azure/arm-appcontainers@3.0.0",
    models: newer,
    resources: { "Microsoft.App/managedEnvironments@2025-07-01": "ManagedEnvironment", "Microsoft.App/containerApps@2025-07-01": "ContainerApp" },
  },
  {
    from: "@azure/arm-postgresql-flexible@9.0.0",
    models: newer,
    resources: {
      "Microsoft.DBforPostgreSQL/flexibleServers@2025-08-01": "Server",
      "Microsoft.DBforPostgreSQL/flexibleServers/databases@2025-08-01": "Database",
      "Microsoft.DBforPostgreSQL/flexibleServers/configurations@2025-08-01": "Configuration",
    },
  },
  {
    from: "@azure/arm-botservice@4.0.0",
    models: older,
    resources: { "Microsoft.BotService/botServices@2022-09-15": "Bot", "Microsoft.BotService/botServices/channels@2022-09-15": "BotChannel" },
  },
  {
    from: "@azure/arm-keyvault@3.1.0",
    models: older,
    resources: { "Microsoft.KeyVault/vaults@2023-07-01": "VaultCreateOrUpdateParameters", "Microsoft.KeyVault/vaults/secrets@2023-07-01": "SecretCreateOrUpdateParameters" },
  },
  { from: "@azure/arm-containerregistry@11.0.0", models: newer, resources: { "Microsoft.ContainerRegistry/registries@2025-11-01": "Registry" } },
  {
    from: "@azure/arm-authorization@9.0.0",
    models: older,
    resources: { "Microsoft.Authorization/roleAssignments@2022-04-01": "RoleAssignmentCreateParameters", "Microsoft.Authorization/roleDefinitions@2022-04-01": "RoleDefinition" },
  },
  {
    from: "@azure/arm-network@34.1.0",
    models: newer,
    resources: {
      "Microsoft.Network/virtualNetworks@2024-10-01": "VirtualNetwork",
      "Microsoft.Network/privateEndpoints@2024-10-01": "PrivateEndpoint",
      "Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2024-10-01": "PrivateDnsZoneGroup",
    },
  },
  {
    from: "@azure/arm-privatedns@3.2.0",
    models: older,
    resources: { "Microsoft.Network/privateDnsZones@2020-06-01": "PrivateZone", "Microsoft.Network/privateDnsZones/virtualNetworkLinks@2020-06-01": "VirtualNetworkLink" },
  },
  { from: "@azure/arm-operationalinsights@9.0.0", models: older, resources: { "Microsoft.OperationalInsights/workspaces@2022-10-01": "Workspace" } },
  { from: "@azure/arm-appinsights@5.0.0-beta.8", models: newer, resources: { "Microsoft.Insights/components@2020-02-02": "ApplicationInsightsComponent" } },
  {
    from: "@azure/arm-monitor@7.0.0",
    models: older,
    resources: { "Microsoft.Insights/metricAlerts@2018-03-01": "MetricAlertResource", "Microsoft.Insights/actionGroups@2021-09-01": "ActionGroupResource" },
  },
  {
    from: "@azure/arm-monitor@8.0.0",
    models: `${newer}/diagnosticsSettings`,
    style: "serializers",
    resources: { "Microsoft.Insights/diagnosticSettings@2021-05-01-preview": "DiagnosticSettingsResource" },
  },
  {
    // No library has 2023-12-01. This one has 2025-01-01-preview; what we use was compared with 2023-12-01 by hand.
    from: "@azure/arm-monitor@8.0.0",
    models: `${newer}/scheduledQueryRuleApi`,
    style: "serializers",
    resources: { "Microsoft.Insights/scheduledQueryRules@2023-12-01": "ScheduledQueryRuleResource" },
  },
  { from: "@azure/arm-consumption@9.2.0", models: older, resources: { "Microsoft.Consumption/budgets@2021-10-01": "Budget" } },
  { from: "@azure/arm-resources@7.0.0", models: newer, resources: { "Microsoft.Resources/resourceGroups@2025-04-01": "ResourceGroup" } },
];

function unpacked(from: string, folder: string): string {
  mkdirSync(folder, { recursive: true });
  const file = execFileSync("npm", ["pack", "--silent", from], { cwd: folder, encoding: "utf8" }).trim();
  execFileSync("tar", ["xzf", file], { cwd: folder });
  return join(folder, "package");
}

const temporary = mkdtempSync(join(tmpdir(), "arm-types-"));
const resources: Record<string, { object: string; from: string }> = {};
const used: Record<string, ArmObject> = {};
const lookups = new Map<string, (name: string) => ArmObject | undefined>();
for (const [place, source] of sources.entries()) {
  const folder = join(unpacked(source.from, join(temporary, String(place))), source.models);
  const prefix = `${/arm-([a-z-]+)@/.exec(source.from)?.[1] ?? ""}${place}`;
  lookups.set(prefix, await (source.style === "serializers" ? serializerObjects(folder, prefix) : mapperObjects(folder, prefix)));
  for (const [target, name] of Object.entries(source.resources)) resources[target] = { object: `${prefix}.${name}`, from: source.from };
}
const lookup = (name: string) => {
  const found = lookups.get(name.slice(0, name.indexOf(".")))?.(name);
  if (found !== undefined) used[name] = found;
  return found;
};
const files = await bicepFiles();
const objectOf = (target: string) => resources[target]?.object;
const problems = [...files.values()].flatMap((file) => [...checkTypes(file, objectOf, lookup), ...checkReads(file, objectOf, lookup)]);
const inOrder = <T>(record: Record<string, T>) => Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
const about =
  "Excerpt of the types in Microsoft's management libraries for JavaScript (MIT licence, copyright Microsoft Corporation), made by test/support/bicep/extract.ts: the objects that infra/ uses.";
const target = join(import.meta.dirname, "../../infra/arm-types.json");
const lines = (record: object) => Object.entries(record).map(([key, value]) => `    ${JSON.stringify(key)}: ${JSON.stringify(value)}`).join(",\n");
writeFileSync(target, `{\n  "about": ${JSON.stringify(about)},\n  "resources": {\n${lines(inOrder(resources))}\n  },\n  "objects": {\n${lines(inOrder(used))}\n  }\n}\n`);
rmSync(temporary, { recursive: true });
console.log(problems.length === 0 ? "Nothing is wrong." : problems.join("\n"));
