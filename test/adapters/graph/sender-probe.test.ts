import { afterEach, describe, expect, it } from "@jest/globals";
import { createGraphClient, probeSender } from "../../../src/adapters/graph/index.ts";
import { NoToken } from "../../../src/adapters/identity/client-credentials.ts";
import type { GraphOptions } from "../../../src/local/graph/index.ts";
import { ana } from "../../local/connector-fixture.ts";
import { graphWorld, sender, stopGraph } from "../../local/graph-fixture.ts";

afterEach(stopGraph);

async function world(options: Partial<GraphOptions> = {}) {
  const { graph, token, otherToken, powerless } = await graphWorld(options);
  const clientOf = (whose: () => Promise<string>) => createGraphClient({ baseUrl: graph.url, token: whose });
  return { graph, client: clientOf(token), powerless: clientOf(() => otherToken({ clientId: powerless })) };
}

describe("asking whether a mailbox may send", () => {
  it("says yes, and nothing is sent", async () => {
    const { graph, client } = await world();
    expect(await probeSender(client, sender)).toEqual({ ok: true });
    expect(graph.mails()).toEqual([]);
  });

  it("says why not: nobody's mailbox, no permission, no token", async () => {
    const { client, powerless, graph } = await world();
    expect(await probeSender(client, "nobody@network.example")).toEqual({ ok: false, kind: "refused", detail: "404 ErrorInvalidUser" });
    expect(await probeSender(powerless, sender)).toEqual({ ok: false, kind: "refused", detail: "403 ErrorAccessDenied" });
    const without = createGraphClient({ baseUrl: graph.url, token: () => Promise.reject(new NoToken("401 invalid_client", { isRefusal: true })) });
    expect(await probeSender(without, sender)).toEqual({ ok: false, kind: "refused", detail: "401 invalid_client" });
  });

  it("says that it may pass by itself when Graph is busy or away", async () => {
    const { client, graph } = await world();
    graph.failNext({ status: 503, code: "ServiceUnavailable" });
    expect(await probeSender(client, sender)).toEqual({ ok: false, kind: "again", detail: "503 ServiceUnavailable" });
    graph.failNext({ cut: true });
    expect(await probeSender(client, sender)).toEqual({ ok: false, kind: "again", detail: "cut" });
  });
});

describe("the stand-in of Graph", () => {
  it("lets an application into the mailboxes that Exchange grants it, and into no others", async () => {
    const { powerless } = await world({ grants: [{ role: "Mail.Send", mailboxes: [sender] }] });
    expect(await probeSender(powerless, sender.toUpperCase())).toEqual({ ok: true });
    expect(await probeSender(powerless, ana.email)).toEqual({ ok: false, kind: "refused", detail: "403 ErrorAccessDenied" });
  });
});
