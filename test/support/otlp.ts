import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** One field of a protobuf message: its number, and its number, bytes or eight or four bytes. */
interface Field {
  readonly no: number;
  readonly value: bigint | Uint8Array;
}

/** The fields of a protobuf message (its wire format: developers.google.com/protocol-buffers/docs/encoding). */
function fieldsOf(bytes: Uint8Array): Field[] {
  const fields: Field[] = [];
  let at = 0;
  const varint = () => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = bytes[at++] ?? 0;
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  const take = (length: number) => bytes.subarray(at, (at += length));
  while (at < bytes.length) {
    const key = Number(varint());
    const [no, wire] = [key >> 3, key & 7];
    fields.push({ no, value: wire === 0 ? varint() : wire === 1 ? take(8) : wire === 5 ? take(4) : take(Number(varint())) });
  }
  return fields;
}

const inside = (bytes: Uint8Array, no: number) =>
  fieldsOf(bytes).flatMap((field) => (field.no === no && typeof field.value !== "bigint" ? [field.value] : []));
const text = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes);
const view = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

type Attributes = Readonly<Record<string, string>>;

/** KeyValue { key = 1, AnyValue value = 2 { string = 1, bool = 2, int = 3, double = 4 } }. */
function attributesOf(pairs: readonly Uint8Array[]): Attributes {
  return Object.fromEntries(
    pairs.map((pair) => {
      const [field] = fieldsOf(inside(pair, 2)[0] ?? new Uint8Array());
      const value = field === undefined ? "" : typeof field.value === "bigint" ? String(field.value) : text(field.value);
      return [text(inside(pair, 1)[0]), value];
    }),
  );
}

export interface Point {
  readonly name: string;
  readonly unit: string;
  readonly attributes: Attributes;
  /** A gauge's or a counter's value, or how many values a histogram has. */
  readonly value: number;
}

function valueOf(point: Uint8Array, no: { readonly double: number; readonly int: number }): number {
  const field = fieldsOf(point).find((one) => one.no === no.double || one.no === no.int);
  if (field === undefined || typeof field.value === "bigint") return Number(field?.value ?? 0);
  return field.no === no.double ? view(field.value).getFloat64(0, true) : Number(view(field.value).getBigInt64(0, true));
}

/** The points of an ExportMetricsServiceRequest, by opentelemetry-proto's metrics.proto. */
function pointsOf(bytes: Uint8Array): Point[] {
  const metrics = inside(bytes, 1).flatMap((resource) => inside(resource, 2).flatMap((scope) => inside(scope, 2)));
  return metrics.flatMap((metric) => {
    const [name, unit] = [text(inside(metric, 1)[0]), text(inside(metric, 3)[0])];
    const numbers = [...inside(metric, 5), ...inside(metric, 7)].flatMap((data) => inside(data, 1));
    const histograms = inside(metric, 9).flatMap((data) => inside(data, 1));
    return [
      ...numbers.map((point) => ({ name, unit, attributes: attributesOf(inside(point, 7)), value: valueOf(point, { double: 4, int: 6 }) })),
      ...histograms.map((point) => ({ name, unit, attributes: attributesOf(inside(point, 9)), value: valueOf(point, { double: 0, int: 4 }) })),
    ];
  });
}

export interface Span {
  readonly name: string;
  readonly trace: string;
  readonly id: string;
  readonly parent: string;
  readonly attributes: Attributes;
}

/** The spans of an ExportTraceServiceRequest, by trace.proto. */
function spansOf(bytes: Uint8Array): Span[] {
  const hex = (value: Uint8Array | undefined) => Buffer.from(value ?? []).toString("hex");
  return inside(bytes, 1)
    .flatMap((resource) => inside(resource, 2).flatMap((scope) => inside(scope, 2)))
    .map((span) => ({
      name: text(inside(span, 5)[0]),
      trace: hex(inside(span, 1)[0]),
      id: hex(inside(span, 2)[0]),
      parent: hex(inside(span, 4)[0]),
      attributes: attributesOf(inside(span, 9)),
    }));
}

/** A collector on loopback: takes OTLP over HTTP as protobuf, and keeps what it was sent. */
export async function startCollector() {
  const metrics: Point[][] = [];
  const spans: Span[] = [];
  let sent = "";
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks);
      sent += JSON.stringify(request.headers) + body.toString("latin1") + body.toString("utf8");
      if (request.url === "/v1/metrics") metrics.push(pointsOf(body));
      if (request.url === "/v1/traces") spans.push(...spansOf(body));
      response.writeHead(200, { "content-type": "application/x-protobuf" }).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** The points of the latest sending that have this name. */
    points: (name: string) => (metrics.at(-1) ?? []).filter((point) => point.name === name),
    metrics,
    spans,
    /** Everything that came, to look for what mustn't be in it. */
    sent: () => sent,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
