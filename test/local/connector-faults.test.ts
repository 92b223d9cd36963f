import { afterEach, describe, expect, it } from "@jest/globals";
import { activitiesOf, ana, bea, stopAll, textMessage, world } from "./connector-fixture.ts";

afterEach(stopAll);

describe("faults on demand", () => {
  it("answer with a status, a code and the seconds to wait, as often as asked", async () => {
    const { call, open, connector } = await world();
    const path = activitiesOf(await open(ana));
    connector.faults.add({
      match: ({ kind, person }) => kind === "send" && person === ana.objectId,
      respond: { status: 429, code: "Throttled", retryAfterSeconds: 7 },
      times: 2,
    });
    for (let i = 0; i < 2; i += 1) {
      const answer = await call("POST", path, textMessage("Hello"));
      expect(answer).toMatchObject({ status: 429, body: { error: { code: "Throttled" } } });
      expect(answer.headers.get("retry-after")).toBe("7");
    }
    expect((await call("POST", activitiesOf(await open(bea)), textMessage("Hello"))).status).toBe(201);
    expect((await call("POST", path, textMessage("Hello"))).status).toBe(201);
  });

  it("meet the requests that they match, by path and by person, until taken away", async () => {
    const { open, connector, call } = await world();
    const take = connector.faults.add({
      match: ({ method, path, person }) => method === "POST" && path === "/v3/conversations" && person === bea.objectId,
      respond: { status: 403, code: "BotDisabledByAdmin" },
    });
    await open(ana);
    await expect(open(bea)).rejects.toThrow("BotDisabledByAdmin");
    take();
    expect((await call("POST", activitiesOf(await open(bea)), textMessage("Hello"))).status).toBe(201);
  });

  it("cut the connection before or after the message arrived", async () => {
    const { call, open, connector } = await world();
    const path = activitiesOf(await open(ana));
    const texts = () => connector.client(ana.objectId).messages().map(({ text }) => text);
    connector.faults.add({ match: () => true, respond: "cut", times: 1 });
    await expect(call("POST", path, textMessage("Lost"))).rejects.toThrow();
    expect(texts()).toEqual([]);
    connector.faults.add({ match: () => true, respond: "cut-after-delivery", times: 1 });
    await expect(call("POST", path, textMessage("Arrived"))).rejects.toThrow();
    expect(texts()).toEqual(["Arrived"]);
    expect(connector.counts().byStatus[0]).toBe(2);
  });

  it("answer 500 although the message arrived", async () => {
    const { call, open, connector } = await world();
    const path = activitiesOf(await open(ana));
    connector.faults.add({ match: () => true, respond: { status: 500, afterDelivery: true } });
    expect((await call("POST", path, textMessage("Arrived"))).status).toBe(500);
    connector.faults.clear();
    expect(connector.client(ana.objectId).messages()).toHaveLength(1);
    expect((await call("POST", path, textMessage("Next"))).status).toBe(201);
  });

  it("leave a request without an answer until the stand-in ends", async () => {
    const { call, open, connector } = await world();
    const path = activitiesOf(await open(ana));
    connector.faults.add({ match: () => true, respond: "hang" });
    const arrived = new Promise<void>((resolve) => {
      connector.onChange(({ what }) => {
        if (what === "traffic") resolve();
      });
    });
    const pending = call("POST", path, textMessage("Hello")).then(
      () => "answered",
      () => "cut",
    );
    await arrived;
    await connector.close();
    expect(await pending).toBe("cut");
  });
});
