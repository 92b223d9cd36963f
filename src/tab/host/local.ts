import { z } from "zod";
import { type Host, SignInFault, type Theme, themes } from "./host.ts";

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
      if (person === null) throw new SignInFault("Choose somebody on the Rehearsal page first; their tab opens from there.");
      const answer = await fetch("/local/token", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ person }),
        signal: AbortSignal.timeout(10_000),
      });
      if (!answer.ok) throw new SignInFault("Nobody in the roster has this e-mail address or object id. Choose somebody on the Rehearsal page.");
      return Token.parse(await answer.json()).token;
    },
    open(url) {
      view.open(url, "_blank", "noopener,noreferrer");
    },
    share: null,
    ready: () => undefined,
  };
}
