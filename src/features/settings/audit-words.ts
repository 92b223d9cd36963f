import { z } from "zod";
import { listInWords } from "../../kernel/words.ts";
import { botDeeds, type Deed, deeds, fieldsInWords, looks } from "./audit-deeds.ts";
import type { AuditRow } from "./ports.ts";

const Detail = z.looseObject({
  /** Of a request to the API. */
  status: z.number().optional().catch(undefined),
  /** Of what was done through the bot. */
  outcome: z.string().optional().catch(undefined),
  fields: z.array(z.string()).optional().catch(undefined),
  role: z.string().optional().catch(undefined),
  stepsDown: z.boolean().optional().catch(undefined),
  isLost: z.boolean().optional().catch(undefined),
  in: z.string().optional().catch(undefined),
  via: z.string().optional().catch(undefined),
  changed: z.record(z.string(), z.unknown()).optional().catch(undefined),
});
type Detail = z.infer<typeof Detail>;

type Entry = Pick<AuditRow, "actor" | "action" | "subject" | "subjectName" | "detail">;

/**
 * An entry of the audit log as a sentence without its full stop: "Ana Achebe closed the survey". What isn't known here
 * is told by the action's own name.
 */
export function auditInWords(entry: Entry): string {
  const detail = Detail.safeParse(entry.detail).data ?? {};
  const who = whoDid(entry, detail);
  const deed = special(entry, detail) ?? known(entry.action);
  if (deed === null) return `${who}: ${readable(entry.action)}`;
  const what = deed.what.replace(/\{([^|}]*)\|([^|}]*)(?:\|([^}]*))?\}/, (_, named: string, nameless: string, own?: string) => {
    const { actor, subject, subjectName } = entry;
    if (own !== undefined && actor !== null && actor.id === subject) return own;
    return subjectName === null ? nameless : named.replace("*", () => subjectName);
  });
  return `${outcomeOf(detail, who, deed, what)}${detail.via === "link" ? ", by a link" : ""}`;
}

function outcomeOf({ status = 200, outcome = "done" }: Detail, who: string, { past, base }: Deed, what: string): string {
  if (status === 403 || outcome === "forbidden") return `${who} tried to ${base} ${what} and wasn't allowed to`;
  if (status >= 500) return `${who} tried to ${base} ${what}, and something broke`;
  if (status >= 400 || outcome !== "done") return `${who} tried to ${base} ${what}, and nothing came of it`;
  return `${who} ${past} ${what}`;
}

const atCommandLine = new Set(["roster.import", "network.export"]);

function whoDid({ actor, action }: Entry, detail: Detail): string {
  if (actor !== null) return actor.name;
  if (detail.in === "calendar") return "Somebody with the organiser's calendar";
  return atCommandLine.has(action) ? "Somebody at the command line" : "Steady";
}

/** Where the entry's detail decides what to say. */
function special({ action }: Entry, detail: Detail): Deed | null {
  switch (action) {
    case "person.update": {
      const { role, fields = [] } = detail;
      if (role !== undefined) {
        return { past: "made", base: "make", what: `{*|somebody|themselves} ${role === "admin" ? "an" : "a"} ${readable(role)}` };
      }
      const named = fields.map((field) => fieldsInWords[field] ?? readable(field));
      const which = named.length === 0 ? "" : `: ${listInWords(named)}`;
      return { past: "changed", base: "change", what: `{*'s|somebody's|their own} entry in the roster${which}` };
    }
    case "network.hand-over":
      if (detail.stepsDown !== true) return null;
      return { past: "handed", base: "hand", what: "the network over{ to *|} and stepped down" };
    case "pulse.close":
      if (detail.isLost !== true) return null;
      return { past: "gave", base: "give", what: "the survey up, whose key was lost" };
    case "settings.change": {
      const sections = Object.keys(detail.changed ?? {}).map(readable);
      if (sections.length === 0) return null;
      return { past: "changed", base: "change", what: `the settings of ${listInWords(sections)}` };
    }
    default:
      return null;
  }
}

function known(action: string): Deed | null {
  const deed = deeds[action];
  if (deed !== undefined) return deed;
  if (action.startsWith("GET ")) {
    const path = action.slice(4);
    return { past: "looked at", base: "look at", what: looks[path] ?? readable(path) };
  }
  if (!action.startsWith("bot ")) return null;
  const name = action.slice(4);
  const button: Deed = { past: "pressed", base: "press", what: `a button of the bot (${readable(name)})` };
  const command: Deed = { past: "wrote", base: "write", what: `“${name}” to the bot` };
  return botDeeds[name] ?? (name.includes(".") ? button : command);
}

/** "pulse-waves/:id/summary" and "checkIn.notNow" as plain words. */
function readable(name: string): string {
  return name
    .replace(/:id/g, "")
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim()
    .toLowerCase();
}
