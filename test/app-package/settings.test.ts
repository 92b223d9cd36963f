import { describe, expect, it } from "@jest/globals";
import { readPackageSettings } from "../../src/app-package/settings.ts";
import { botId, environment, tabId } from "./environment.ts";

function problemsOf(changed: Record<string, string | undefined>): readonly string[] {
  const read = readPackageSettings({ ...environment, ...changed });
  return read.ok ? [] : read.problems;
}

function settingsOf(changed: Record<string, string | undefined> = {}) {
  const read = readPackageSettings({ ...environment, ...changed });
  if (!read.ok) throw new Error(read.problems.join(" "));
  return read.settings;
}

describe("the settings of the app package", () => {
  it("need an address, the bot's id and the tab's, and name each that is missing at once", () => {
    const read = readPackageSettings({ MicrosoftAppId: " " });
    expect(read).toEqual({
      ok: false,
      problems: [
        "PUBLIC_URL is missing: the address at which Teams reaches this server, such as https://steady.example.org.",
        "MicrosoftAppId is missing: the bot's application id.",
        "ENTRA_CLIENT_ID is missing: the application id of the tab's sign-in.",
      ],
    });
  });

  it.each(["MicrosoftAppId", "ENTRA_CLIENT_ID", "TEAMS_MANIFEST_ID"])("refuse a bad %s, and don't repeat it", (name) => {
    expect(problemsOf({ [name]: "steady-bot" })).toEqual([`${name} must be an id such as 1fec8e78-bce4-4aaf-ab1b-5451cc387264.`]);
  });

  it.each(["http://steady.example.org", "steady.example.org", "https://steady.example.org/app", "https://steady.example.org/?a=1"])(
    "refuse %s as the address",
    (address) => {
      expect(problemsOf({ PUBLIC_URL: address })).toEqual([
        "PUBLIC_URL must be https:// and a host, with nothing behind: Teams shows no tab without TLS.",
      ]);
    },
  );

  it("take the host in lower case, with its port, because Entra compares it letter by letter", () => {
    expect(settingsOf({ PUBLIC_URL: "https://Steady.Example.org/" })).toMatchObject({
      PUBLIC_URL: "https://steady.example.org",
      PUBLIC_HOST: "steady.example.org",
    });
    expect(settingsOf({ PUBLIC_URL: "https://localhost:8443" })).toMatchObject({ PUBLIC_HOST: "localhost:8443" });
    expect(settingsOf({ ENTRA_CLIENT_ID: tabId.toUpperCase() })).toMatchObject({ ENTRA_CLIENT_ID: tabId });
  });

  it("take the bot's id for the manifest's own unless another one is given, and never the one of the catalogue", () => {
    expect(settingsOf({ TEAMS_APP_ID: "6a1f6f0e-8f0b-4a35-9d0e-3b1c7a2f5e4d" }).TEAMS_MANIFEST_ID).toBe(botId);
    expect(settingsOf({ TEAMS_MANIFEST_ID: tabId }).TEAMS_MANIFEST_ID).toBe(tabId);
  });

  it("lead to the server's own pages about it unless the organisation has some", () => {
    expect(settingsOf()).toMatchObject({
      DEVELOPER_NAME: "Steady",
      DEVELOPER_WEBSITE_URL: "https://steady.example.org/about/",
      DEVELOPER_PRIVACY_URL: "https://steady.example.org/about/privacy.html",
      DEVELOPER_TERMS_URL: "https://steady.example.org/about/terms.html",
    });
    expect(settingsOf({ DEVELOPER_PRIVACY_URL: "https://example.org/privacy" })).toMatchObject({
      DEVELOPER_PRIVACY_URL: "https://example.org/privacy",
    });
    expect(problemsOf({ DEVELOPER_TERMS_URL: "http://example.org", DEVELOPER_NAME: "x".repeat(33) })).toEqual([
      "DEVELOPER_NAME must have 32 characters at most.",
      "DEVELOPER_TERMS_URL must be a web address that starts with https://.",
    ]);
  });
});
