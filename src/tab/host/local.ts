import { z } from "zod";
import { type Host, SignInFault, type Theme, themes } from "./host.ts";

/** What the server says of itself before anybody is signed in: GET /tab/config.json. */
const Config = z.object({ mode: z.enum(["local", "live"]) });
const Token = z.object({ token: z.string() });
const Wanted = z.enum(themes).nullable().catch(null);

/**
 * A browser in local mode: whoever the address names (`?person=`, an object id or an e-mail address) is signed in by
 * local mode's own Entra, and the look is the system's unless the address names one (`?theme=`).
 */
export function localHost(address: URL, view: Pick<Window, "matchMedia" | "open"> = window): Host {
  const person = address.searchParams.get("person");
  const wanted = Wanted.parse(address.searchParams.get("theme"));
  const dark = view.matchMedia("(prefers-color-scheme: dark)");
  const contrast = view.matchMedia("(forced-colors: active)");
  const theme = (): Theme => wanted ?? (contrast.matches ? "contrast" : dark.matches ? "dark" : "light");
  return {
    kind: "local",
    get theme() {
      return theme();
    },
    page: null,
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
      return Token.parse(await answer.json()).token;
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
  const { mode } = Config.parse(await answer.json());
  return mode === "local" ? locally : "Steady opens in Teams: choose it in the bar on the left of Teams, or under Apps.";
}
