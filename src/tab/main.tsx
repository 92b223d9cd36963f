import "./no-eval.ts";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { inWords } from "./api/problem.ts";
import { App } from "./app.tsx";
import { chooseHost } from "./host/choose.ts";
import { Stopped } from "./stopped.tsx";

const element = document.getElementById("tab");
if (element !== null) {
  const root = createRoot(element);
  try {
    const host = await chooseHost(new URL(location.href));
    if (host.page !== null && location.hash === "") location.hash = `/${host.page}`;
    root.render(
      <StrictMode>
        <App host={host} />
      </StrictMode>,
    );
  } catch (error) {
    root.render(<Stopped message={inWords(error)} />);
  }
}
