import type { Evidence, Snapshot, StoredRow } from "./evidence.ts";
import { once } from "./once.ts";

/** Something that was kept or said, with where it stands among its like. */
export interface Document {
  /** Such as "after public.people", "log turn" or "api GET people as lead"; the same in every network. */
  readonly source: string;
  readonly place: number;
  readonly value: unknown;
  /** Set for rows of a table. */
  readonly row?: StoredRow;
}

/** Every text and number in a value, however deep. */
export function leavesOf(value: unknown): (string | number)[] {
  if (typeof value === "string" || typeof value === "number") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(leavesOf);
}

/** The words of a value that are long enough to be somebody's or something's own. */
function tokensOf(value: unknown): string[] {
  return leavesOf(value).flatMap((leaf) => [String(leaf), ...(String(leaf).match(/[\w@.:+-]{6,}/g) ?? [])]);
}

/** The same for what a document says, worked out once. */
export const tokensIn = once(({ value }: Document) => tokensOf(value));

/** Every row, log line and answer of the API. */
export const documentsOf = once((evidence: Evidence): readonly Document[] => {
  return [
    ...rowsOf("before", evidence.before),
    ...rowsOf("after", evidence.after),
    ...rowsOf("later", evidence.later).filter(isNewSince(evidence.after)),
    ...evidence.log.map((value, place) => ({ source: `log ${messageOf(value)}`, place, value })),
    ...evidence.api.flatMap(({ as, path, body }) =>
      objectsIn(body).map((value, place) => ({ source: `api ${path} as ${as}`, place, value })),
    ),
  ];
});

function rowsOf(when: string, { tables }: Snapshot): Document[] {
  return [...tables].flatMap(([table, rows]) =>
    rows.map((row) => ({ source: `${when} ${table}`, place: row.place, value: row.values, row })),
  );
}

// Most rows are as they were at the close.
function isNewSince({ tables }: Snapshot): (document: Document) => boolean {
  const key = ({ ctid, xmin, xmax }: StoredRow) => `${ctid} ${xmin} ${xmax}`;
  const known = new Map([...tables].map(([table, rows]) => [`later ${table}`, new Set(rows.map(key))]));
  return ({ source, row }) => row === undefined || known.get(source)?.has(key(row)) !== true;
}

function messageOf(line: unknown): string {
  if (typeof line !== "object" || line === null || !("msg" in line)) return "line";
  const name = "name" in line && typeof line.name === "string" ? ` ${line.name}` : "";
  return `${String(line.msg).replace(/\d+/g, "n")}${name}`;
}

// What an answer lists, or the answer itself: a whole list would name many people at once.
function objectsIn(body: unknown): unknown[] {
  if (Array.isArray(body)) return body.flatMap(objectsIn);
  if (typeof body !== "object" || body === null) return [];
  const lists = Object.values(body).filter((value) => Array.isArray(value));
  return lists.length === 0 ? [body] : [body, ...lists.flatMap(objectsIn)];
}

const time = /^\d{4}-\d\d-\d\d[T ]/;
const rounds = 2;

/**
 * Finds whom something is about: it names one person and no other, by id, e-mail or name, or by whatever else stands
 * beside one person alone anywhere, such as the id of a delivery or a conversation.
 */
export const whoIn = once((evidence: Evidence): ((document: Document) => string | null) => {
  const documents = documentsOf(evidence);
  const known = new Map<string, string>();
  for (const { id, facts } of evidence.roster) {
    for (const text of [id, facts["email"], facts["name"], facts["objectId"]]) {
      if (typeof text === "string" && text !== "") known.set(text, id);
    }
  }
  const who = (document: Document): string | null => {
    const people = new Set(tokensIn(document).flatMap((token) => known.get(token) ?? []));
    return people.size === 1 ? [...people][0]! : null;
  };
  for (let round = 0; round < rounds; round += 1) {
    const beside = new Map<string, Set<string>>();
    for (const document of documents) {
      const person = document.row === undefined ? null : who(document);
      if (person === null) continue;
      for (const token of tokensIn(document)) {
        if (token.length < 8 || time.test(token) || known.has(token)) continue;
        beside.set(token, (beside.get(token) ?? new Set()).add(person));
      }
    }
    for (const [token, people] of beside) if (people.size === 1) known.set(token, [...people][0]!);
  }
  const found = new Map(documents.map((document) => [document, who(document)]));
  return (document) => found.get(document) ?? null;
});
