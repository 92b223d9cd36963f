import { expect, it } from "@jest/globals";
import fc from "fast-check";
import { operationOf } from "../../src/adapters/operation-names.ts";

it.each([
  ["POST", "https://smba.trafficmanager.net/uk/v3/conversations", "POST /v3/conversations"],
  ["PUT", "https://smba.example/v3/conversations/a%3A1xyz/activities/1700000000", "PUT /v3/conversations/{id}/activities/{id}"],
  ["POST", "https://graph.microsoft.com/v1.0/users/ana@example.org/sendMail", "POST /v1.0/users/{id}/sendMail"],
  ["GET", "https://graph.microsoft.com/v1.0/users/1/calendarView/delta?$deltatoken=s3cret#x", "GET /v1.0/users/{id}/calendarView/delta"],
  ["GET", "not an address", "GET"],
])("tells what %s %s does", (method, url, operation) => {
  expect(operationOf(method, url)).toBe(operation);
});

it("has nothing of an address in it but fixed words", () => {
  const id = fc.stringMatching(/^[a-z0-9@._-]{12,40}$/);
  fc.assert(
    fc.property(id, id, (user, event) => {
      const named = operationOf("PATCH", `https://graph.microsoft.com/v1.0/users/${user}/events/${event}?$select=${user}`);
      expect(named).toBe("PATCH /v1.0/users/{id}/events/{id}");
    }),
  );
});
