import { lazy, Suspense } from "react";
import { Route, Switch } from "wouter";
import { useMe } from "../me.ts";
import { PageSkeleton } from "../parts/page.tsx";
import { Home } from "./home.tsx";

const Requests = lazy(() => import("./requests.tsx"));

/** What a lead opens on Monday, and the requests that come of it. */
export default function Overview() {
  const me = useMe();
  return (
    <Switch>
      {me.role === "lead" && (
        <Route path="/overview/requests">
          <Suspense fallback={<PageSkeleton />}>
            <Requests />
          </Suspense>
        </Route>
      )}
      <Route>
        <Home />
      </Route>
    </Switch>
  );
}
