import "./no-eval.ts";
import { startTransition, StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Me } from "../features/account/contract.ts";
import { inWords } from "./api/problem.ts";
import type { Transport } from "./api/transport.ts";
import { App, appParts } from "./app.tsx";
import type { Host } from "./host/host.ts";
import { lookOf } from "./looks/looks.ts";
import { pagesFor } from "./pages.ts";
import { Stopped } from "./stopped.tsx";
import css from "./tab.css?inline";

/** How long the first page waits for its data before it is drawn without, in milliseconds: a flicker helps nobody. */
const patience = 300;

// With the scripts, because there is nothing to dress before them: a file of its own would take the connection from a larger one.
const sheet = new CSSStyleSheet();
sheet.replaceSync(css);
document.adoptedStyleSheets.push(sheet);

/** Draws the tab once it is known who shows it, or says why that can't be. */
export async function mount(started: Promise<{ readonly host: Host; readonly transport: Transport }>): Promise<void> {
  const element = document.getElementById("tab");
  if (element === null) return;
  const root = createRoot(element);
  try {
    const { host, transport } = await started;
    const parts = appParts(transport);
    if (host.page !== null && location.hash === "") location.hash = `/${host.page}`;
    const [look] = await Promise.all([
      lookOf(host.theme),
      // Setting up a tab needs nobody.
      host.setUp === null ? atMost(patience, firstReads(parts)) : undefined,
    ]);
    // In small steps, so that a slow phone answers meanwhile.
    startTransition(() =>
      root.render(
        <StrictMode>
          <App host={host} look={look} {...parts} />
        </StrictMode>,
      ),
    );
  } catch (error) {
    root.render(<Stopped message={inWords(error)} />);
  }
}

/** Reads who is signed in and what their first page shows. What fails is read again, and told, by whoever shows it. */
async function firstReads({ api, queries }: ReturnType<typeof appParts>): Promise<void> {
  try {
    const me = await queries.query({ queryKey: ["me"], queryFn: () => api.call("me", Me) });
    const [first] = pagesFor(me);
    const asked = location.hash.replace("#/", "");
    const page = asked === "" ? first : pagesFor(me).find(({ name }) => name === asked);
    if (page?.reads === undefined) return;
    const { path, schema } = page.reads;
    await queries.query({ queryKey: [path], queryFn: () => api.call(path, schema) });
  } catch {
    // Said where it is shown.
  }
}

async function atMost(ms: number, work: Promise<void>): Promise<void> {
  await Promise.race([work, new Promise((resolve) => setTimeout(resolve, ms))]);
}
