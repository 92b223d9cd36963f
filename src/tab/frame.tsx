import { makeStyles, tokens } from "@fluentui/react-components";
import { lazy, Suspense, useCallback, useEffect, useRef, useState } from "react";
import { Redirect, Route, Switch, useLocation } from "wouter";
import { Me } from "../features/account/contract.ts";
import { useRead } from "./api/use-api.ts";
import { useHost } from "./host/use-host.ts";
import { MeContext } from "./me.ts";
import { Navigation } from "./navigation.tsx";
import { pagesFor } from "./pages.ts";
import { Boundary } from "./parts/boundary.tsx";
import { KeepFocusContext } from "./parts/keep-focus.ts";
import { NotFound, PageSkeleton } from "./parts/page.tsx";
import { Read } from "./parts/states.tsx";

const FocusKeeper = lazy(() => import("./parts/focus-keeper.tsx"));

const useStyles = makeStyles({
  main: {
    maxWidth: "1200px",
    outlineStyle: "none",
    marginInline: "auto",
    padding: `${tokens.spacingVerticalL} ${tokens.spacingHorizontalXXL} ${tokens.spacingVerticalXXXL}`,
    "@media (max-width: 480px)": { paddingInline: tokens.spacingHorizontalM },
    "@media print": { padding: 0, maxWidth: "none" },
  },
});

/** The navigation with the page that the address names, for whoever is signed in. */
export function Frame() {
  const host = useHost();
  const styles = useStyles();
  const me = useRead("me", Me, { ahead: true });
  const [isKept, setKept] = useState(false);
  const keepFocus = useCallback(() => setKept(true), []);
  const isSettled = me.isSuccess || me.isError;
  useEffect(() => {
    if (isSettled) host.ready();
  }, [host, isSettled]);
  return (
    <Read of={me} loading={<PageSkeleton />} className={styles.main}>
      {(person) => {
        const pages = pagesFor(person);
        // A channel's tab opens with the page that it was set up for; whoever hasn't got that one sees their own first page.
        const first = pages.find(({ name }) => name === host.opensWith) ?? pages[0];
        return (
          <MeContext value={person}>
            <Navigation pages={pages} />
            <Suspense fallback={null}>{isKept && <FocusKeeper />}</Suspense>
            <main className={styles.main} id="main" tabIndex={-1}>
              <FocusOnNewPage />
              <Boundary>
                <KeepFocusContext value={keepFocus}>
                  <Switch>
                    {pages.map(({ name, Page }) => (
                      <Route key={name} path={`/${name}/*?`} component={Page} />
                    ))}
                    <Route path="/">
                      <Redirect to={`/${first?.name ?? ""}`} replace />
                    </Route>
                    <Route>
                      <NotFound />
                    </Route>
                  </Switch>
                </KeepFocusContext>
              </Boundary>
            </main>
          </MeContext>
        );
      }}
    </Read>
  );
}

/** Once a link has gone with the page that it was on, the focus is on the page that it led to, and not nowhere. */
function FocusOnNewPage() {
  const [address] = useLocation();
  const seen = useRef(address);
  useEffect(() => {
    if (seen.current === address) return;
    seen.current = address;
    if (document.activeElement === document.body) document.getElementById("main")?.focus({ preventScroll: true });
  });
  return null;
}
