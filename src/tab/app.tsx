import { FluentProvider } from "@fluentui/react-components";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useState } from "react";
import { Router } from "wouter";
import { useHashLocation } from "wouter/use-hash-location";
import { type Api, createApi } from "./api/client.ts";
import { ApiFault } from "./api/problem.ts";
import type { Transport } from "./api/transport.ts";
import { ApiContext } from "./api/use-api.ts";
import { Frame } from "./frame.tsx";
import { type Host, SignInFault, type Theme } from "./host/host.ts";
import { HostContext } from "./host/use-host.ts";
import { type Look, lookOf } from "./looks/looks.ts";

const SetUpTab = lazy(() => import("./set-up/index.tsx"));

/** Reads are tried twice more; what the server refused stays refused. */
function retry(failures: number, error: Error): boolean {
  const isFinal = error instanceof SignInFault || (error instanceof ApiFault && error.status !== null && error.status < 500);
  return !isFinal && failures < 2;
}

interface AppParts {
  readonly api: Api;
  readonly queries: QueryClient;
}

/** What the tab asks the server with. */
export function appParts(transport: Transport): AppParts {
  const defaultOptions = { queries: { retry, staleTime: 5_000 }, mutations: { retry: false } };
  return { api: createApi(transport), queries: new QueryClient({ defaultOptions }) };
}

/** The tab: what every page shares, in the look that the host has; `look` is the first. */
export function App({ host, api, queries, look }: AppParts & { readonly host: Host; readonly look: Look }) {
  const [{ theme, colours }, setLook] = useState(look);
  useEffect(() => {
    let wanted: Theme | null = null;
    host.onTheme((next) => {
      wanted = next;
      // The last look stays until the next one is there. Without it, the tab can still be read.
      lookOf(next).then((loaded) => wanted === next && setLook(loaded), () => undefined);
    });
  }, [host]);
  useEffect(() => {
    document.documentElement.style.colorScheme = theme === "light" ? "light" : "dark";
    document.body.style.backgroundColor = colours.colorNeutralBackground2;
  }, [theme, colours]);
  return (
    <FluentProvider theme={colours} style={{ minHeight: "100vh", backgroundColor: "transparent" }}>
      <HostContext value={host}>
        <ApiContext value={api}>
          <QueryClientProvider client={queries}>
            {host.setUp === null ? (
              <Router hook={useHashLocation}>
                <Frame />
              </Router>
            ) : (
              <Suspense fallback={null}>
                <SetUpTab tab={host.setUp} />
              </Suspense>
            )}
          </QueryClientProvider>
        </ApiContext>
      </HostContext>
    </FluentProvider>
  );
}
