import { localTenant } from "../stand-ins.ts";
import type { DirectoryPerson } from "../entra/index.ts";

/** What the page calls the mailbox that owns the meetings; people are named by their object ids. */
export const organiserKey = "meetings-organiser";

/** The mailbox that owns the meetings, as something to look into; null when it is a person's own. */
export function organiserMailbox(address: string, people: readonly DirectoryPerson[]): DirectoryPerson | null {
  const isSomebodys = people.some(({ email }) => email.toLowerCase() === address.toLowerCase());
  if (isSomebodys) return null;
  return { objectId: organiserKey, tenantId: localTenant, name: "Meetings organiser", email: address, external: false };
}

/** The mailbox among people: it has no role, no chat and no app. */
export function mailboxView({ objectId, name, email }: DirectoryPerson) {
  const nothing = { role: "", organisation: null, area: null, external: false, messages: 0, unread: 0 };
  return { key: objectId, name, email, ...nothing, installed: "mailbox" };
}
