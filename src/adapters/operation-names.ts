/** The fixed parts of the Connector's and Graph's addresses, lower-cased; all else in an address is somebody's or something's. */
const fixed: ReadonlySet<string> = new Set([
  ...["v3", "conversations", "activities", "members", "pagedmembers", "attachments"],
  ...["v1.0", "beta", "$batch", "users", "me", "events", "calendar", "calendars", "calendarview", "delta", "instances"],
  ...["getschedule", "accept", "decline", "tentativelyaccept", "cancel", "sendmail", "messages", "subscriptions"],
  ...["teamwork", "installedapps", "upgrade", "teamsapp", "teamsappdefinition", "chat", "chats", "appcatalogs", "teamsapps"],
  ...["organization", "applications", "serviceprincipals", "approleassignments", "approles", "domains", "groups"],
]);

/**
 * What a request does, without whom or what it is about: "POST /v3/conversations/{id}/activities". Only words that are
 * known to be fixed stay, so no id, address or token can be in it.
 */
export function operationOf(method: string, url: string): string {
  if (!URL.canParse(url)) return method;
  const parts = new URL(url).pathname.split("/").filter((part) => part !== "");
  // A region, or a tenant, stands before the Connector's version.
  const start = Math.max(0, parts.findIndex((part) => fixed.has(part.toLowerCase())));
  return `${method} /${parts.slice(start).map((part) => (fixed.has(part.toLowerCase()) ? part : "{id}")).join("/")}`;
}
