import "./no-eval.ts";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Me } from "../features/account/contract.ts";
import { inWords } from "./api/problem.ts";
import { App, appParts } from "./app.tsx";
import { chooseHost } from "./host/choose.ts";
import { Stopped } from "./stopped.tsx";

const element = document.getElementById("tab");
if (element !== null) {
  const root = createRoot(element);
  try {
    const host = await chooseHost(new URL(location.href));
    const parts = appParts(host);
    if (host.page !== null && location.hash === "") location.hash = `/${host.page}`;
    // Who is signed in is asked for while the first page is still being put together.
    void parts.queries.query({ queryKey: ["me"], queryFn: () => parts.api.call("me", Me) }).catch(() => undefined);
    root.render(
      <StrictMode>
        <App host={host} {...parts} />
      </StrictMode>,
    );
  } catch (error) {
    root.render(<Stopped message={inWords(error)} />);
  }
}
