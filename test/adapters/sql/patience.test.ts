import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { afterEach, expect, it } from "@jest/globals";
import { patienceOf } from "../../../src/adapters/sql/patience.ts";

const silentMs = 60;
const ends: (() => void)[] = [];

afterEach(() => {
  for (const end of ends.splice(0)) end();
});

/** A connection to a server that does this with it. */
async function connected(patience: ReturnType<typeof patienceOf>, answer: (connection: Socket) => void): Promise<Socket> {
  const server = createServer((connection) => {
    ends.push(() => connection.destroy());
    answer(connection);
  });
  ends.push(() => server.close());
  await once(server.listen(0, "127.0.0.1"), "listening");
  const socket = patience.socket();
  ends.push(() => socket.destroy());
  await once(socket.connect((server.address() as AddressInfo).port, "127.0.0.1"), "connect");
  return socket;
}

const silence = () => undefined;

it("breaks a connection to a server that has said nothing for too long", async () => {
  const socket = await connected(patienceOf(silentMs), silence);
  await expect(once(socket, "data")).rejects.toThrow("said nothing for too long");
});

it("waits as long as patient work takes, and breaks a connection that stays silent after it", async () => {
  const patience = patienceOf(silentMs);
  const broken = once(await connected(patience, silence), "data").catch((error: unknown) => error);
  let isBroken = false;
  void broken.then(() => (isBroken = true));
  const slowly = (connection: Socket) => void setTimeout(() => connection.write("done"), 5 * silentMs);
  const socket = await connected(patience, slowly);
  const [answer] = await patience.patiently(() => once(socket, "data"));
  expect(String(answer)).toBe("done");
  expect(isBroken).toBe(false);
  expect(String(await broken)).toContain("said nothing for too long");
});

it("is patient until all patient work is over, and no longer when it fails", async () => {
  const patience = patienceOf(silentMs);
  const slowly = (connection: Socket) => void setTimeout(() => connection.write("done"), 5 * silentMs);
  const socket = await connected(patience, slowly);
  const failing = patience.patiently(() => Promise.reject(new Error("no")));
  const answered = patience.patiently(() => once(socket, "data"));
  await expect(failing).rejects.toThrow("no");
  expect(String((await answered)[0])).toBe("done");
  await expect(once(socket, "data")).rejects.toThrow("said nothing for too long");
});
