import { randomBytes } from "node:crypto";
import type { Held } from "./calendar-store.ts";
import type { Doing } from "./doing.ts";
import type { EventWish } from "./event-forms.ts";
import type { MailAddress } from "./mail-forms.ts";
import { sameAddress, type Copy, type Invited, type Meeting } from "./meeting.ts";
import { hasJoinBlock, newJoinUrl, withJoinBlock } from "./online-meeting.ts";
import { refusal, type Refusal } from "./refusals.ts";

const backwards = refusal(400, "ErrorPropertyValidationFailure", "The event ends before it starts.");

/** Makes an event in a mailbox and invites its attendees. */
export function createEvent(doing: Doing, organiser: MailAddress, wish: EventWish): Held | Refusal {
  const { store, at } = doing;
  const { startsAt = 0, endsAt = 0, body = "" } = wish;
  if (endsAt < startsAt) return backwards;
  const mailbox = organiser.address.toLowerCase();
  const joinUrl = wish.isOnlineMeeting === true ? newJoinUrl() : null;
  const own = store.newCopy(mailbox, at, "organizer");
  const attendees = (wish.attendees ?? []).map(invited);
  const meeting: Meeting = {
    iCalUId: `040000008200E00074C5B7101A82E008${randomBytes(24).toString("hex").toUpperCase()}`,
    organiser,
    transactionId: wish.transactionId ?? null,
    createdAt: at,
    subject: wish.subject ?? "",
    body: joinUrl === null ? body : withJoinBlock(body, joinUrl),
    startsAt,
    endsAt,
    zone: wish.zone ?? "UTC",
    joinUrl,
    hideAttendees: wish.hideAttendees ?? false,
    properties: { ...wish.properties },
    attendees,
    underWay: [],
    copies: [own, ...attendees.filter(notThe(mailbox)).map(({ address }) => copyFor(doing, address))],
  };
  store.save(meeting);
  for (const { mailbox: owner, id } of meeting.copies) doing.touched.push({ mailbox: owner, id, change: "created" });
  doing.mail("invitation", meeting, organiser, attendees.filter(notThe(mailbox)), meeting.subject);
  return { meeting, copy: own };
}

const notThe = (mailbox: string) => (party: MailAddress) => !sameAddress(party.address, mailbox);
const invited = (party: Pick<Invited, "name" | "address" | "type">): Invited => ({
  ...party,
  response: "none",
  respondedAt: null,
});
const copyFor = ({ store, at }: Doing, address: string): Copy =>
  store.newCopy(address.toLowerCase(), at, "notResponded");

/**
 * Changes an event in its organiser's mailbox. When only the attendees are named, only those added or removed get mail
 * ("Update event"); otherwise everybody does. A new time asks everybody for a new answer.
 */
export function changeEvent(doing: Doing, { meeting, copy }: Held, wish: EventWish): Held | Refusal {
  const { startsAt = meeting.startsAt, endsAt = meeting.endsAt } = wish;
  if (endsAt < startsAt) return backwards;
  const isMoved = startsAt !== meeting.startsAt || endsAt !== meeting.endsAt;
  const tellsAll = isMoved || [wish.subject, wish.body, wish.hideAttendees].some((value) => value !== undefined);

  const before = new Map(meeting.attendees.map((attendee) => [attendee.address.toLowerCase(), attendee]));
  const wanted = wish.attendees ?? meeting.attendees;
  const attendees = wanted.map((party) => {
    const known = before.get(party.address.toLowerCase());
    return known === undefined || isMoved ? invited(party) : { ...known, ...party };
  });
  const isMailbox = (mailbox: string) => (party: MailAddress) => sameAddress(party.address, mailbox);
  const outsiders = attendees.filter(notThe(copy.mailbox));
  const added = outsiders.filter(({ address }) => !before.has(address.toLowerCase()));
  const removed = meeting.attendees.filter(({ address }) => !attendees.some(isMailbox(address)));

  const changed: Meeting = {
    ...meeting,
    ...onlineMeetingAfter(meeting, wish),
    subject: wish.subject ?? meeting.subject,
    startsAt,
    endsAt,
    zone: wish.zone ?? meeting.zone,
    hideAttendees: wish.hideAttendees ?? meeting.hideAttendees,
    properties: { ...meeting.properties, ...wish.properties },
    attendees,
    underWay: isMoved ? [] : meeting.underWay.filter(({ address }) => attendees.some(isMailbox(address))),
  };
  const copies = copiesAfter(doing, changed, { added, removed, tellsAll, isMoved });
  const saved = { ...changed, copies };
  doing.store.save(saved);

  const { organiser, subject } = saved;
  doing.mail("cancellation", saved, organiser, removed.filter(notThe(copy.mailbox)), `Canceled: ${subject}`);
  doing.mail("invitation", saved, organiser, added, subject);
  if (tellsAll) doing.mail("update", saved, organiser, outsiders.filter((party) => !added.includes(party)), subject);
  return { meeting: saved, copy: copies.find(({ id }) => id === copy.id) ?? copy };
}

/** A body without the meeting's block ends the online meeting; asking for one makes a new one. */
function onlineMeetingAfter(meeting: Meeting, wish: EventWish): Pick<Meeting, "body" | "joinUrl"> {
  const body = wish.body ?? meeting.body;
  const joinUrl = meeting.joinUrl !== null && hasJoinBlock(body, meeting.joinUrl) ? meeting.joinUrl : null;
  if (joinUrl !== null || wish.isOnlineMeeting !== true) return { body, joinUrl };
  const fresh = newJoinUrl();
  return { body: withJoinBlock(body, fresh), joinUrl: fresh };
}

interface Difference {
  readonly added: readonly Invited[];
  readonly removed: readonly Invited[];
  readonly tellsAll: boolean;
  readonly isMoved: boolean;
}

function copiesAfter(doing: Doing, meeting: Meeting, { added, removed, tellsAll, isMoved }: Difference): Copy[] {
  const { store, at, touched } = doing;
  const among = (list: readonly Invited[], mailbox: string) =>
    list.some(({ address }) => sameAddress(address, mailbox));
  const unanswered = { response: "notResponded", respondedAt: null, state: "there" } as const;
  const copies = meeting.copies.map((copy, place) => {
    const isNew = place > 0 && among(added, copy.mailbox);
    const isOut = place > 0 && among(removed, copy.mailbox);
    const isTold = tellsAll && (isMoved || copy.state === "there") && among(meeting.attendees, copy.mailbox);
    if (place > 0 && !isNew && !isOut && !isTold) return copy;
    const change = place === 0 ? {} : isOut ? { state: "cancelled" as const } : isNew || isMoved ? unanswered : {};
    touched.push({ mailbox: copy.mailbox, id: copy.id, change: "updated" });
    return store.changed(copy, at, change);
  });
  const missing = added.filter(({ address }) => !meeting.copies.some(({ mailbox }) => sameAddress(mailbox, address)));
  const fresh = missing.map(({ address }) => copyFor(doing, address));
  for (const { mailbox, id } of fresh) touched.push({ mailbox, id, change: "created" });
  return [...copies, ...fresh];
}

/** Cancels an event by its organiser, whose calendar doesn't show it any more; attendees keep a cancelled copy. */
export function cancelEvent(doing: Doing, { meeting, copy }: Held): void {
  const { store, at, touched } = doing;
  const copies = meeting.copies.map((one) => {
    const isOrganisers = one.id === copy.id;
    if (!isOrganisers && one.state !== "there") return one;
    touched.push({ mailbox: one.mailbox, id: one.id, change: isOrganisers ? "deleted" : "updated" });
    return store.changed(one, at, { state: isOrganisers ? "away" : "cancelled" });
  });
  const cancelled = { ...meeting, copies, underWay: [] };
  store.save(cancelled);
  const told = meeting.attendees.filter(notThe(copy.mailbox));
  doing.mail("cancellation", cancelled, meeting.organiser, told, `Canceled: ${meeting.subject}`);
}

/** Takes an event out of an attendee's own calendar; nobody is told. */
export function removeCopy({ store, at, touched }: Doing, { meeting, copy }: Held): void {
  const copies = meeting.copies.map((one) => (one.id === copy.id ? store.changed(one, at, { state: "away" }) : one));
  store.save({ ...meeting, copies });
  touched.push({ mailbox: copy.mailbox, id: copy.id, change: "deleted" });
}
