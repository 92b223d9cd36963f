/**
 * What every card of ours keeps to, beyond being valid: rules of Teams, of accessibility, and that what people wrote is
 * never read as markdown. Each function answers sentences about what is wrong, none when all is well.
 */

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Every object in a card or a template with the place where it is. */
function* objectsIn(value: unknown, path = "card"): Generator<{ path: string; object: Json }> {
  if (Array.isArray(value)) {
    for (const [place, item] of value.entries()) yield* objectsIn(item, `${path}[${place}]`);
  } else if (isObject(value)) {
    yield { path, object: value };
    for (const [name, inner] of Object.entries(value)) {
      // What a button sends back isn't part of what is drawn.
      if (name !== "data" && name !== "msteams") yield* objectsIn(inner, `${path}.${name}`);
    }
  }
}

/** Types of Adaptive Cards 1.0 to 1.5, which is what Teams shows. */
const types = new Set([
  ...["AdaptiveCard", "TextBlock", "RichTextBlock", "TextRun", "Image", "ImageSet", "Media", "FactSet", "ActionSet"],
  ...["Container", "ColumnSet", "Column", "Table", "TableRow", "TableCell", "BackgroundImage"],
  ...["Input.Text", "Input.Number", "Input.Date", "Input.Time", "Input.Toggle", "Input.ChoiceSet", "Data.Query"],
  ...["Action.Execute", "Action.Submit", "Action.OpenUrl", "Action.ShowCard", "Action.ToggleVisibility"],
]);

const maxTextBytes = 28 * 1024;
const maxRefreshUsers = 60;
const verbOf = (action: Json): unknown => (isObject(action["data"]) ? action["data"]["verb"] : undefined);
const hasText = (value: unknown): boolean => typeof value === "string" && value.trim() !== "";

function faultsOfInput(path: string, input: Json, ids: ReadonlySet<unknown>): string[] {
  const isTied = hasText(input["labelledBy"]) && ids.has(input["labelledBy"]);
  const isNamed = hasText(input["label"]) || isTied || (input["type"] === "Input.Toggle" && hasText(input["title"]));
  const isBound = input["isRequired"] === true || "min" in input || "max" in input || "regex" in input;
  return [
    ...(hasText(input["id"]) ? [] : [`${path}: an input needs an id`]),
    ...(isNamed ? [] : [`${path}: an input needs a label`]),
    ...(isBound && !hasText(input["errorMessage"])
      ? [`${path}: an input that can be refused needs an errorMessage`]
      : []),
  ];
}

function faultsOfExecute(path: string, action: Json): string[] {
  const { verb, fallback } = action;
  if (!hasText(verb)) return [`${path}: Action.Execute needs a verb`];
  if (!isObject(fallback) || fallback["type"] !== "Action.Submit")
    return [`${path}: needs a fallback of Action.Submit`];
  return verbOf(fallback) === verb ? [] : [`${path}: the fallback's data needs the same verb`];
}

function faultsOfText(path: string, object: Json): string[] {
  return Object.entries(object)
    .filter(([, text]) => typeof text === "string" && text.length * 2 > maxTextBytes)
    .map(([name]) => `${path}.${name}: a text of more than 28 KB`);
}

/** What is wrong with a card that is ready to be sent. */
export function cardFaults(card: unknown): string[] {
  if (!isObject(card)) return ["card: isn't an object"];
  const all = [...objectsIn(card)];
  const ids = all.map(({ object }) => object["id"]).filter((id) => id !== undefined);
  const faults = [
    ...(card["version"] === "1.5" ? [] : ["card: the version must be 1.5"]),
    ...(hasText(card["speak"]) || hasText(card["fallbackText"]) ? [] : ["card: needs speak or fallbackText"]),
    ...ids.filter((id, place) => ids.indexOf(id) !== place).map((id) => `card: the id ${JSON.stringify(id)} is there twice`),
  ];
  const refresh = card["refresh"];
  if (isObject(refresh) && Array.isArray(refresh["userIds"]) && refresh["userIds"].length > maxRefreshUsers) {
    faults.push(`card: refreshes for more than ${maxRefreshUsers} people`);
  }
  for (const { path, object } of all) {
    const { type } = object;
    if (typeof type === "string" && !types.has(type)) faults.push(`${path}: Teams doesn't show ${type}`);
    if (typeof type === "string" && type.startsWith("Input."))
      faults.push(...faultsOfInput(path, object, new Set(ids)));
    if (type === "Action.Execute") faults.push(...faultsOfExecute(path, object));
    faults.push(...faultsOfText(path, object));
  }
  return faults;
}

/** Names of fields that hold what somebody wrote: people's and teams' names, notes, answers. */
const written = /(?:^|[a-z.])(?:name|names|team|note|notes|about|person|people|organisation|quote|comment)\b/i;

/** What is wrong with a template, before any data. */
export function templateFaults(template: unknown): string[] {
  const faults: string[] = [];
  for (const { path, object } of objectsIn(template, "template")) {
    const { type, text, $when, $data } = object;
    // Only TextRun shows text as it is; a TextBlock reads markdown in it, links included.
    const bindings = type === "TextBlock" && typeof text === "string" ? (text.match(/\$\{[^}]*\}/g) ?? []) : [];
    for (const binding of bindings.filter((candidate) => written.test(candidate))) {
      faults.push(`${path}: ${binding} is what somebody wrote, so it belongs in a RichTextBlock`);
    }
    const source = typeof $data === "string" ? /^\$\{(\w+)/.exec($data)?.[1] : undefined;
    if (source !== undefined && typeof $when === "string" && new RegExp(`(?<![.\\w$])${source}\\b`).test($when)) {
      faults.push(
        `${path}: this $when looks for ${source} inside ${source}, as it stands beside $data: write $root.${source}`,
      );
    }
  }
  return faults;
}

/** Data's texts that hold markdown and reached a part of the card which reads it. Put such texts into samples. */
export function markdownFaults(card: unknown, data: unknown): string[] {
  const texts = new Set<string>();
  (function collect(value: unknown): void {
    if (typeof value === "string" && /[*_`~[\]#<>]/.test(value)) texts.add(value);
    else if (typeof value === "object" && value !== null) Object.values(value).forEach(collect);
  })(data);
  return [...objectsIn(card)].flatMap(({ path, object }) => {
    const { type, text, value, title } = object;
    const read = type === "TextBlock" ? [text] : type === undefined && path.includes(".facts[") ? [title, value] : [];
    const leaked = [...texts].filter((own) => read.some((shown) => typeof shown === "string" && shown.includes(own)));
    return leaked.map((own) => `${path}: "${own}" would be read as markdown`);
  });
}
