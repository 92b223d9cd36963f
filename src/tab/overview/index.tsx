import { Route, Switch } from "wouter";
import { useMe } from "../me.ts";
import { later } from "../parts/later.tsx";
import { Home } from "./home.tsx";

const Requests = later(() => import("./requests.tsx"));

/** What a lead opens on Monday, and the requests that come of it. */
export default function Overview() {
  const me = useMe();
  return (
    <Switch>
      {me.role === "lead" && <Route path="/overview/requests" component={Requests} />}
      <Route>
        <Home />
      </Route>
    </Switch>
  );
}
