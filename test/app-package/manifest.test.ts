import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "@jest/globals";
import { unzipSync } from "fflate";
import { appPackageFolder, buildAppPackage, programVersion } from "../../src/app-package/build.ts";
import { packageApp } from "../../src/app-package/command.ts";
import { manifestCheck, schemaCheck } from "../../src/app-package/schema.ts";
import { readPackageSettings } from "../../src/app-package/settings.ts";
import { tabLinks } from "../../src/composition/tab-links.ts";
import { pageNames } from "../../src/tab/page-names.ts";
import { botId, environment, tabId } from "./environment.ts";

// Microsoft's own repository of schemas isn't part of the project: it is used where somebody has put it beside the checkout.
const elsewhere = join(appPackageFolder, "../../shared/specs/teams-manifest/MicrosoftTeams.schema.v1.29.json");

const folder = mkdtempSync(join(tmpdir(), "steady-package-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function settings() {
  const read = readPackageSettings(environment);
  if (!read.ok) throw new Error(read.problems.join(" "));
  return read.settings;
}

/** A copy of appPackage/ with a changed template. */
function folderWith(change: (template: any) => void, files: Readonly<Record<string, object>> = {}): string {
  const copy = mkdtempSync(join(folder, "copy-"));
  cpSync(appPackageFolder, copy, { recursive: true });
  const template = JSON.parse(readFileSync(join(copy, "manifest.json"), "utf8"));
  change(template);
  writeFileSync(join(copy, "manifest.json"), JSON.stringify(template));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(copy, name), JSON.stringify(content));
  return copy;
}

const filesIn = (zip: Uint8Array) => unzipSync(zip);
const manifestIn = (zip: Uint8Array) => JSON.parse(Buffer.from(filesIn(zip)["manifest.json"] ?? []).toString());
const built = buildAppPackage(settings(), "1.2.3");

describe("the app package", () => {
  it("holds the manifest and both icons, at its root and nothing else", () => {
    const files = filesIn(built);
    expect(Object.keys(files)).toEqual(["manifest.json", "color.png", "outline.png"]);
    for (const name of ["color.png", "outline.png"]) {
      expect(Buffer.from(files[name] ?? [])).toEqual(readFileSync(join(appPackageFolder, name)));
    }
  });

  it("has a manifest that Microsoft's schema takes, with every placeholder filled in", () => {
    const manifest = manifestIn(built);
    expect(manifestCheck()(manifest)).toEqual([]);
    if (existsSync(elsewhere)) expect(schemaCheck(elsewhere)(manifest)).toEqual([]);
    expect(JSON.stringify(manifest)).not.toContain("${{");
    expect(manifest).toMatchObject({
      manifestVersion: "1.29",
      version: "1.2.3",
      id: botId,
      bots: [{ botId, scopes: ["personal"] }],
      validDomains: ["steady.example.org"],
      webApplicationInfo: { id: tabId, resource: `api://steady.example.org/${tabId}` },
    });
  });

  it("is the same, byte by byte, each time", () => {
    expect(Buffer.from(buildAppPackage(settings(), "1.2.3"))).toEqual(Buffer.from(built));
    expect(Buffer.from(buildAppPackage(settings(), "1.2.4"))).not.toEqual(Buffer.from(built));
  });

  it("is refused with every reason when the manifest isn't what Teams takes", () => {
    const wrong = folderWith((template) => {
      template.accentColor = "purple";
      template.description.short = "x".repeat(81);
      template.bot = [];
    });
    let said = "";
    try {
      buildAppPackage(settings(), "1.2.3", wrong);
    } catch (error) {
      said = String(error);
    }
    expect(said).toContain("appPackage/manifest.json isn't what Teams accepts (schema 1.29):");
    expect(said).toContain("\n- accentColor must match pattern");
    expect(said).toContain("\n- description/short must NOT have more than 80 characters");
    expect(said).toContain("\n- the file must NOT have additional properties (bot)");
  });

  it("takes the texts of another language along once the manifest names them, and checks them too", () => {
    const speaksWelsh = (template: any) => (template.localizationInfo.additionalLanguages = [{ languageTag: "cy", file: "cy.json" }]);
    const welsh = { "name.short": "Steady", "name.full": "Steady", "description.short": "Gwaith", "description.full": "Gwaith" };
    const zip = buildAppPackage(settings(), "1.2.3", folderWith(speaksWelsh, { "cy.json": welsh }));
    expect(Object.keys(filesIn(zip))).toEqual(["manifest.json", "color.png", "outline.png", "cy.json"]);
    const wrong = folderWith(speaksWelsh, { "cy.json": { "name.short": "x".repeat(31) } });
    expect(() => buildAppPackage(settings(), "1.2.3", wrong)).toThrow(/cy\.json isn't what Teams accepts[^]*- name\.short must NOT have more than 30/);
    expect(() => buildAppPackage(settings(), "1.2.3", folderWith(speaksWelsh))).toThrow("appPackage/cy.json can't be read.");
  });

  it("isn't made while a placeholder has no value", () => {
    const unknown = folderWith((template) => (template.name.short = "${{NAME}}"));
    expect(() => buildAppPackage(settings(), "1.2.3", unknown)).toThrow("nothing fills in ${{NAME}}");
  });
});

describe("the manifest's tab", () => {
  const { staticTabs, configurableTabs, validDomains } = manifestIn(built);

  it("is the one that links on cards lead to", () => {
    const link = new URL(tabLinks({ in: "teams", appId: botId })("meetings") ?? "");
    const [, , , app, entity] = link.pathname.split("/");
    expect(app).toBe(botId);
    expect(staticTabs.map((tab: any) => tab.entityId)).toContain(entity);
    expect(JSON.parse(link.searchParams.get("context") ?? "")).toEqual({ subEntityId: "meetings" });
  });

  it("opens as Teams' tab, on a domain that the manifest names", () => {
    const addresses = [staticTabs.find((tab: any) => tab.entityId === "steady").contentUrl, configurableTabs[0].configurationUrl];
    for (const address of addresses.map((text) => new URL(text))) {
      expect([address.pathname, address.searchParams.get("in")]).toEqual(["/tab/", "teams"]);
      expect(validDomains).toEqual([address.host]);
    }
  });

  it("has an entity of its own for each page that a channel's tab can open, within what Teams keeps", () => {
    const entities = pageNames.map(({ name }) => `steady-${name}`);
    expect(entities.filter((entity) => entity.length > 64 || staticTabs.some((tab: any) => tab.entityId === entity))).toEqual([]);
  });
});

describe("steady package", () => {
  it("writes the package where it is told to, with the program's version", () => {
    const out = join(folder, "new", "steady.zip");
    const said = packageApp(environment, out);
    expect(said).toContain(`Wrote ${out}: version ${programVersion()}, for steady.example.org.`);
    expect(said).toContain(`Application ID URI api://steady.example.org/${tabId}.`);
    expect(manifestIn(readFileSync(out))).toMatchObject({ version: programVersion(), id: botId });
    expect(readdirSync(join(folder, "new"))).toEqual(["steady.zip"]);
  });

  it("names every setting that is missing, and writes nothing", () => {
    const out = join(folder, "never.zip");
    expect(() => packageApp({}, out)).toThrow(/- PUBLIC_URL is missing[^]*- MicrosoftAppId is missing[^]*- ENTRA_CLIENT_ID is missing/);
    expect(existsSync(out)).toBe(false);
  });

  it("says so when the file can't be written", () => {
    expect(() => packageApp(environment, folder)).toThrow(`${folder} can't be written.`);
  });
});
