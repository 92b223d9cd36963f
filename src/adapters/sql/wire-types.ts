import pg from "pg";

// Postgres sends these as text, and pg leaves it so or makes a Date of a day in the machine's own zone.
const oid = { int8: 20, date: 1082, numeric: 1700, int8Array: 1016, dateArray: 1182, numericArray: 1231 };

/** How values come from PostgreSQL, on both engines: int8 and numeric as numbers, days as "YYYY-MM-DD", arrays as arrays. */
export function wireTypes(): pg.TypeOverrides {
  const types = new pg.TypeOverrides();
  // None of these can hold a quote or a comma, so their arrays need no real parser.
  const items = (text: string) => (text === "{}" ? [] : text.slice(1, -1).split(","));
  const textArray = (text: string) => items(text).map((item) => (item === "NULL" ? null : item));
  const numberArray = (text: string) => textArray(text).map((item) => (item === null ? null : Number(item)));
  types.setTypeParser(oid.int8, Number);
  types.setTypeParser(oid.numeric, Number);
  types.setTypeParser(oid.date, (day: string) => day);
  types.setTypeParser(oid.int8Array, numberArray);
  types.setTypeParser(oid.numericArray, numberArray);
  types.setTypeParser(oid.dateArray, textArray);
  return types;
}
