/** What the server answers outside of the API, whoever asks: no caller gets more than another. */
export interface DoorRow {
  /** The address, where it isn't the route's own. */
  readonly at?: string;
  readonly send?: object;
  readonly status: number;
  /** True for what only local mode has. */
  readonly isLocal?: true;
}

const page = { status: 200 };
/** Tokens of the tab are no links. */
const byLink = { send: {}, status: 401 };
const local = { isLocal: true } as const;
/** Stands for the owner's account. */
export const account = "OWNER";
const inRehearsal = `rehearsal/api/people/${account}`;

const activity = {
  type: "message",
  id: "1",
  channelId: "msteams",
  serviceUrl: "https://smba.trafficmanager.net/emea/",
  from: { id: "29:1", aadObjectId: account },
  recipient: { id: "28:1" },
  conversation: { id: "a:1", conversationType: "personal" },
  channelData: { tenant: { id: "7f9a4c1e-2d5b-4b8a-9c3e-5d1f0a6b7c8d" } },
  text: "my data",
};
const notification = { subscriptionId: "0192f000-0000-7000-8000-000000000009", clientState: "guessed", changeType: "updated", resource: "events" };

/** Every route outside of the API's own table. A token of the tab opens none of what isn't open to everybody. */
export const doors: Readonly<Record<string, DoorRow>> = {
  "GET healthz": page,
  "GET readyz": page,
  "GET api/v1/openapi.json": page,
  // The Connector's tokens are others, and so are their callers: see the table of verbs.
  "POST api/messages": { send: activity, status: 401 },
  "POST api/graph/notifications": { send: { value: [notification] }, status: 403 },
  "POST respond/api/card": byLink,
  "POST respond/api/press": { send: { action: { verb: "checkIn.open", data: {} } }, status: 401 },
  "POST respond/api/calendar": byLink,
  "POST respond/api/say": { send: { text: "stop" }, status: 401 },
  "POST respond/api/renew": byLink,
  "GET tab/config.json": page,
  "GET tab/*": { at: "tab/", ...page },
  "GET tab": { status: 308 },
  "GET respond/*": { at: "respond/", ...page },
  "GET respond": { status: 308 },
  "GET about/*": { at: "about/", ...page },
  "GET about": { status: 308 },
  "GET rehearsal/*": { at: "rehearsal/", ...page, ...local },
  "GET rehearsal": { status: 308, ...local },
  "POST local/token": { send: { person: "ana@example.org" }, status: 200, ...local },
  "GET local/doctor/store/:part": { at: "local/doctor/store/about", ...page, ...local },
  // The stand-ins of the tests aren't the server's own.
  "GET local/doctor/stand-ins": { status: 404, ...local },
  "GET rehearsal/api/info": { ...page, ...local },
  "GET rehearsal/api/people": { ...page, ...local },
  "GET rehearsal/api/log": { ...page, ...local },
  "GET rehearsal/api/events": { ...page, ...local },
  "GET rehearsal/api/people/:key/chat": { at: `${inRehearsal}/chat`, ...page, ...local },
  "POST rehearsal/api/people/:key/messages": { at: `${inRehearsal}/messages`, send: { text: "help" }, status: 202, ...local },
  "POST rehearsal/api/people/:key/actions": {
    at: `${inRehearsal}/actions`,
    send: { activityId: "1", action: { type: "Action.Execute" }, inputs: {} },
    ...page,
    ...local,
  },
  "POST rehearsal/api/people/:key/state": { at: `${inRehearsal}/state`, send: { do: "install" }, ...page, ...local },
  "GET rehearsal/api/people/:key/mails": { at: `${inRehearsal}/mails`, ...page, ...local },
  "POST rehearsal/api/people/:key/mails/:id/read": { at: `${inRehearsal}/mails/1/read`, status: 404, ...local },
  "GET rehearsal/api/people/:key/mails/:id/body": { at: `${inRehearsal}/mails/1/body`, status: 404, ...local },
  "GET rehearsal/api/people/:key/calendar": { at: `${inRehearsal}/calendar`, ...page, ...local },
  "POST rehearsal/api/people/:key/calendar/respond": { at: `${inRehearsal}/calendar/respond`, send: {}, status: 400, ...local },
};

/** Addresses at which there is nothing. */
export const nowhere = [
  ...["", "api", "api/", "api/v1", "api/v1/", "api/v1/nothing", "api/v1/people/1/2/3", "api/v2/me", "api/messages/1", "local", "local/nothing"],
  ...["respond/api/nothing", "tab/nothing.js", "about/nothing.html", ".env", "tab/.env", "metrics", "respond/nothing/index.html"],
];
