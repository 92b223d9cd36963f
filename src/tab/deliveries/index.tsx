import { Route, Switch } from "wouter";
import { Ledger } from "./ledger.tsx";
import { Occasions } from "./occasions.tsx";

/** Every card of a round or a meeting by state; of a survey only rounded counts. */
export default function Deliveries() {
  return (
    <Switch>
      <Route path="/deliveries/:id">{({ id }) => <Ledger key={id} id={id} />}</Route>
      <Route>
        <Occasions />
      </Route>
    </Switch>
  );
}
