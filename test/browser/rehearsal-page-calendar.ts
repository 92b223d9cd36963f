/** The key of the mailbox that owns the meetings. */
export const organiserKey = "meetings-organiser";
const organiser = { name: "", address: "meetings@network.example.org" };

type Answer = "accepted" | "tentative" | "declined" | "none";
const answered: Readonly<Record<string, Answer>> = {
  accept: "accepted",
  tentativelyAccept: "tentative",
  decline: "declined",
};

const joinUrl = "https://teams.example/l/meetup-join/19%3ameeting_Zm9yIHRoZSB0ZXN0cyBvbmx5IQ%40thread.v2/0";

function meeting(iCalUId: string, subject: string, startsAt: string) {
  const endsAt = new Date(Date.parse(startsAt) + 90 * 60_000).toISOString();
  const attendees = [
    { key: "p1", name: "Ana Silva", address: "ana.silva@riverside.example.org", answer: "none" as Answer },
    { key: "p2", name: "Łukasz Nowak", address: "lukasz.nowak@hillcrest.example.org", answer: "accepted" as Answer },
    { key: "p3", name: "", address: "orla.byrne@hillcrest.example.org", answer: "declined" as Answer },
  ];
  return { iCalUId, subject, startsAt, endsAt, joinUrl, organiser, attendees, isCancelled: false };
}

type Meeting = ReturnType<typeof meeting>;

/** Seen from the morning of 2 November 2026: one that was in summer time, one tomorrow, one in spring. */
const booked = () => [
  meeting("E1", "Network meeting: September", "2026-09-22T09:00:00.000Z"),
  meeting("E2", "Network meeting: November", "2026-11-03T10:00:00.000Z"),
  meeting("E3", "Network meeting: April", "2027-04-20T09:00:00.000Z"),
];

/** A calendar of three meetings as the server tells of it, of which person p2 has none. */
export function fakeCalendar(tell: (event: object) => void) {
  let meetings = booked();
  let refuses = false;
  const find = (id: unknown): Meeting | undefined => meetings.find(({ iCalUId }) => iCalUId === id);

  return {
    of(key: string): object {
      if (key === "p2") return { items: [] };
      const isOrganiser = key === organiserKey;
      const items = meetings.map(({ attendees, ...rest }) => {
        const answer = isOrganiser ? "accepted" : attendees.find((one) => one.key === key)?.answer;
        return { ...rest, isOrganiser, answer, attendees: isOrganiser ? attendees : [] };
      });
      return { items };
    },
    /** Null when it is refused. */
    respond(key: string, { iCalUId, response }: { iCalUId?: unknown; response?: unknown }): object | null {
      const one = refuses ? undefined : find(iCalUId)?.attendees.find((attendee) => attendee.key === key);
      if (one === undefined) return null;
      one.answer = answered[String(response)] ?? "none";
      tell({ type: "calendar", person: key });
      tell({ type: "calendar", person: organiserKey });
      return {};
    },
    /** Answers as from another window. */
    answer(key: string, iCalUId: string, response: string) {
      this.respond(key, { iCalUId, response });
    },
    refuse() {
      refuses = true;
    },
    book(subject: string, startsAt: string) {
      meetings = [...meetings, meeting(`E${meetings.length + 1}`, subject, startsAt)];
      tell({ type: "calendar", person: "p1" });
    },
    cancel(id: string) {
      const one = find(id);
      if (one !== undefined) one.isCancelled = true;
      tell({ type: "calendar", person: "p1" });
    },
    reset() {
      meetings = booked();
      refuses = false;
    },
  };
}
