import { mayRead, placeOf, selected } from "./event-routes.ts";
import { refusal, type Refusal } from "./refusals.ts";
import { isRefusal, jsonOf, type Call, type Route } from "./routes.ts";
import { getSchedule } from "./schedule.ts";
import { subscriptionJson, type Subscriptions } from "./subscriptions.ts";
import { calendarDelta, calendarView, listEvents, type Question } from "./views.ts";

/** The routes of lists of events, and of free/busy. `origin` is the stand-in's own address, for links to more. */
export function calendarRoutes(origin: () => string): Route[] {
  const calendar = { roles: mayRead, kind: "calendar", hasMailbox: true } as const;

  const list = (path: RegExp, ask: (question: Question) => object | Refusal): Route => ({
    ...calendar,
    method: "GET",
    path,
    async handle(call) {
      const place = placeOf(call);
      if (isRefusal(place)) return place;
      const { request, doing } = call;
      const answer = ask({
        store: doing.store,
        mailbox: place.mailbox.address.toLowerCase(),
        query: request.query,
        zone: place.zone,
        address: `${origin()}${request.path}`,
        prefer: String(request.headers["prefer"] ?? ""),
      });
      return isRefusal(answer) ? answer : { status: 200, body: withSelected(call, answer) };
    },
  });

  const schedule: Route = {
    ...calendar,
    method: "POST",
    path: /^\/users\/([^/]+)\/calendar\/getSchedule$/i,
    async handle(call) {
      const place = placeOf(call);
      if (isRefusal(place)) return place;
      const answer = getSchedule(call.request.body ?? "", place.zone, call.doing.store, call.doing.book);
      return isRefusal(answer) ? answer : { status: 200, body: answer };
    },
  };

  return [
    list(/^\/users\/([^/]+)(?:\/calendar)?\/events$/i, listEvents),
    list(/^\/users\/([^/]+)(?:\/calendar)?\/calendarView$/i, calendarView),
    list(/^\/users\/([^/]+)(?:\/calendar)?\/calendarView\/delta(?:\(\))?$/i, (question) =>
      question.query.has("$select")
        ? refusal(400, "ErrorInvalidUrlQuery", "The query parameter $select isn't supported here.")
        : calendarDelta(question),
    ),
    schedule,
  ];
}

function withSelected({ request }: Call, answer: object): object {
  const value: unknown = "value" in answer ? answer.value : undefined;
  if (!Array.isArray(value)) return answer;
  const events = value.map((event: unknown) =>
    typeof event === "object" && event !== null ? selected(request.query, event) : event,
  );
  return { ...answer, value: events };
}

/** The routes of subscriptions to change notifications. */
export function subscriptionRoutes(subscriptions: Subscriptions): Route[] {
  const common = { roles: mayRead, kind: "subscription", hasMailbox: false } as const;
  const one = /^\/subscriptions\/([^/]+)$/i;
  const all = /^\/subscriptions$/i;
  return [
    {
      ...common,
      method: "POST",
      path: all,
      async handle({ request, doing }) {
        const made = await subscriptions.create(jsonOf(request.body), doing.book);
        return isRefusal(made) ? made : { status: 201, body: subscriptionJson(made) };
      },
    },
    {
      ...common,
      method: "GET",
      path: all,
      handle: async () => ({ status: 200, body: { value: subscriptions.live().map(subscriptionJson) } }),
    },
    {
      ...common,
      method: "GET",
      path: one,
      async handle({ params }) {
        const found = subscriptions.find(params[0] ?? "");
        return isRefusal(found) ? found : { status: 200, body: subscriptionJson(found) };
      },
    },
    {
      ...common,
      method: "PATCH",
      path: one,
      async handle({ params, request }) {
        const renewed = subscriptions.renew(params[0] ?? "", jsonOf(request.body));
        return isRefusal(renewed) ? renewed : { status: 200, body: subscriptionJson(renewed) };
      },
    },
    {
      ...common,
      method: "DELETE",
      path: one,
      handle: async ({ params }) => subscriptions.remove(params[0] ?? "") ?? { status: 204 },
    },
  ];
}
