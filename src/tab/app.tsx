import { FluentProvider, teamsDarkTheme, teamsHighContrastTheme, teamsLightTheme } from "@fluentui/react-components";
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

const SetUpTab = lazy(() => import("./set-up/index.tsx"));

const looks = { light: teamsLightTheme, dark: teamsDarkTheme, contrast: teamsHighContrastTheme } as const;

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

/** The tab: what every page shares, in the look that the host has. */
export function App({ host, api, queries }: AppParts & { readonly host: Host }) {
  const [theme, setTheme] = useState<Theme>(host.theme);
  useEffect(() => host.onTheme(setTheme), [host]);
  useEffect(() => {
    document.documentElement.style.colorScheme = theme === "light" ? "light" : "dark";
    document.body.style.backgroundColor = looks[theme].colorNeutralBackground2;
  }, [theme]);
  return (
    <FluentProvider theme={looks[theme]} style={{ minHeight: "100vh", backgroundColor: "transparent" }}>
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
