import { type Host, SignInFault, type Theme, themes } from "./host.ts";

/**
 * A browser in local mode: whoever the address names (`?person=`, an object id or an e-mail address) is signed in by
 * local mode's own Entra, and the look is the system's unless the address names one (`?theme=`).
 */
export function localHost(address: URL, view: Pick<Window, "matchMedia" | "open"> = window): Host {
  const person = address.searchParams.get("person");
  const wanted = themes.find((name) => name === address.searchParams.get("theme")) ?? null;
  const dark = view.matchMedia("(prefers-color-scheme: dark)");
  const contrast = view.matchMedia("(forced-colors: active)");
  const theme = (): Theme => wanted ?? (contrast.matches ? "contrast" : dark.matches ? "dark" : "light");
  return {
    kind: "local",
    get theme() {
      return theme();
    },
    page: null,
    opensWith: null,
    setUp: null,
    onTheme(listener) {
      for (const query of [dark, contrast]) query.addEventListener("change", () => listener(theme()));
    },
    async token() {
      if (person === null) throw new SignInFault(await whyNobody("Choose somebody on the Rehearsal page first; their tab opens from there."));
      const answer = await fetch("/local/token", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ person }),
        signal: AbortSignal.timeout(10_000),
      });
      if (!answer.ok) throw new SignInFault(await whyNobody("Nobody in the roster has this e-mail address or object id. Choose somebody on the Rehearsal page."));
      return textOf(await answer.json(), "token");
    },
    open(url) {
      view.open(url, "_blank", "noopener,noreferrer");
    },
    share: null,
    ready: () => undefined,
  };
}

/** Why nobody is signed in: in live mode because this isn't Teams, whatever the address says. */
async function whyNobody(locally: string): Promise<string> {
  const answer = await fetch("config.json", { signal: AbortSignal.timeout(10_000) });
  // What the server says of itself before anybody is signed in.
  return textOf(await answer.json(), "mode") === "local" ? locally : "Steady opens in Teams: choose it in the bar on the left of Teams, or under Apps.";
}

/** A text of an answer, read without zod: this file belongs to the tab's first script, which is small. */
function textOf(answer: unknown, name: "token" | "mode"): string {
  const known = typeof answer === "object" && answer !== null ? new Map<string, unknown>(Object.entries(answer)) : null;
  const text = known?.get(name);
  if (typeof text !== "string") throw new SignInFault("Steady gave no clear answer. Reload this page.");
  return text;
}
