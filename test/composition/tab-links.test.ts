import { describe, expect, it } from "@jest/globals";
import { tabLinks } from "../../src/composition/tab-links.ts";

const catalogueId = "6a1f6f0e-8f0b-4a35-9d0e-3b1c7a2f5e4d";

describe("links to the tab", () => {
  it("open the app in Teams at the page", () => {
    const link = new URL(tabLinks({ in: "teams", appId: catalogueId })("check-ins/team/t 1&x") ?? "");
    expect(link.origin + link.pathname).toBe(`https://teams.microsoft.com/l/entity/${catalogueId}/steady`);
    expect([...link.searchParams.keys()]).toEqual(["context"]);
    expect(JSON.parse(link.searchParams.get("context") ?? "")).toEqual({ subEntityId: "check-ins/team/t 1&x" });
  });

  it("aren't there while the app's id in the catalogue isn't known", () => {
    expect(tabLinks({ in: "teams", appId: null })("check-ins")).toBeNull();
  });

  it("lead to this server's own tab in local mode, wherever it listens by then", () => {
    let url = "";
    const link = tabLinks({ in: "browser", publicUrl: () => url });
    url = "http://127.0.0.1:3978";
    expect(link("meetings/m1")).toBe("http://127.0.0.1:3978/tab/#/meetings/m1");
  });
});
