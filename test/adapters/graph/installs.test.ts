import { afterEach, describe, expect, it } from "@jest/globals";
import { createGraphClient, graphInstaller } from "../../../src/adapters/graph/index.ts";
import type { DirectoryPerson } from "../../../src/local/entra/index.ts";
import type { GraphFault } from "../../../src/local/graph/index.ts";
import { ana, tenantId } from "../../local/connector-fixture.ts";
import { graphWorld, stopGraph } from "../../local/graph-fixture.ts";

afterEach(stopGraph);
const now = Date.UTC(2026, 10, 24, 10);
const catalogueId = "d3c1b2a0-5e6f-4708-9a1b-2c3d4e5f6a7b";
const someone = (n: number, more: Partial<DirectoryPerson>): DirectoryPerson => ({
  objectId: `00000000-0000-4000-8000-00000000000${n}`,
  tenantId,
  name: "Somebody",
  email: `somebody${n}@example.org`,
  external: false,
  ...more,
});
const guest = someone(1, { external: true });
const foreigner = someone(2, { tenantId: "99999999-9999-4999-8999-999999999999" });
const twin = someone(3, { email: "o'hara@example.org" });

async function world({ app = catalogueId, roles = true } = {}) {
  const installed: string[] = [];
  const entra = await graphWorld({
    people: () => Promise.resolve([ana, guest, foreigner, twin]),
    teams: {
      catalogue: [catalogueId],
      hasApp: async (objectId) => installed.includes(objectId),
      install: async (objectId) => installed.push(objectId),
    },
  });
  const token = roles ? entra.token : () => entra.otherToken({ clientId: entra.powerless });
  const client = createGraphClient({ baseUrl: entra.graph.url, token });
  return { ...entra, installed, installer: graphInstaller({ client, catalogueId: app, now: () => now }) };
}

const refused = (kind: string) => ({ ok: false, fault: { kind } });

describe("the installer", () => {
  it("installs for an account, and says so when the app was there", async () => {
    const { installer, installed, graph } = await world();
    expect(await installer.install(ana.objectId)).toEqual({ ok: true, value: "installed" });
    await graph.settleInstalls();
    expect(installed).toEqual([ana.objectId]);
    expect(await installer.install(ana.objectId)).toEqual({ ok: true, value: "already" });
  });

  it("finds an account by its address, an apostrophe in it included, and tells guests from members", async () => {
    const { installer } = await world();
    const account = (person: DirectoryPerson, isGuest: boolean) => ({ ok: true, value: { objectId: person.objectId, isGuest } });
    expect(await installer.find(ana.email)).toEqual(account(ana, false));
    expect(await installer.find(twin.email)).toEqual(account(twin, false));
    expect(await installer.find(guest.email)).toEqual(account(guest, true));
    expect(await installer.find(foreigner.email)).toEqual({ ok: true, value: null });
    expect(await installer.read(guest.objectId)).toEqual(account(guest, true));
    expect(await installer.read(foreigner.objectId)).toEqual({ ok: true, value: null });
  });

  it("tells by kinds what stands in the way", async () => {
    const { installer, graph } = await world();
    expect(await installer.install(foreigner.objectId)).toEqual({ ok: false, fault: { kind: "not-found", detail: "404 Request_ResourceNotFound" } });
    expect(await installer.install(guest.objectId)).toMatchObject(refused("forbidden"));
    const cases: readonly (readonly [GraphFault, object])[] = [
      [{ status: 429, retryAfter: "2.5" }, { kind: "again", afterSeconds: 2.5 }],
      [{ status: 412 }, { kind: "again", afterSeconds: null }],
      [{ cut: true }, { kind: "again", detail: "cut" }],
      [{ status: 500 }, { kind: "unclear" }],
      [{ status: 401, code: "InvalidAuthenticationToken" }, { kind: "not-signed-in" }],
      [{ status: 403, message: "Missing role permissions on the request." }, { kind: "no-consent" }],
      [{ status: 403, message: "AAD App Id 'a' is not allowed to manage the Teams App 'b'" }, { kind: "not-ours" }],
      [{ status: 403, message: "App is blocked by app permission policy. UserObjectId: x" }, { kind: "blocked" }],
      [{ status: 403, message: "The user doesn't have a Teams license." }, { kind: "no-licence" }],
      [{ status: 400, code: "BadRequest" }, { kind: "refused", detail: "400 BadRequest" }],
    ];
    for (const [fault, kind] of cases) {
      graph.failNext(fault);
      expect(await installer.install(ana.objectId)).toMatchObject({ ok: false, fault: kind });
    }
  });

  it("can't install what the catalogue doesn't have, and can do nothing without its permissions", async () => {
    const other = await world({ app: ana.objectId });
    expect(await other.installer.install(ana.objectId)).toMatchObject(refused("not-found"));
    const { installer } = await world({ roles: false });
    expect(await installer.install(ana.objectId)).toEqual({ ok: false, fault: { kind: "no-consent", detail: "403 Forbidden" } });
    expect(await installer.find(ana.email)).toMatchObject(refused("no-lookup"));
  });
});
