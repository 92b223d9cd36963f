import type { DirectoryPerson } from "../entra/index.ts";
import type { MailAddress } from "./mail-forms.ts";
import { refusal, type Refusal } from "./refusals.ts";

/** Who can be written to, and whose mailbox is in this tenant so that it can send. */
export interface AddressBook {
  /** The mailbox of an address or object id, or why nothing can be sent from it. */
  mailboxOf(user: string): MailAddress | Refusal;
  /** Everybody in this tenant's directory, guests included. */
  users(): readonly DirectoryPerson[];
  /** The user of this tenant with an object id or a sign-in name; null when there is none. */
  user(named: string): DirectoryPerson | null;
  /** The person with this address, in whatever tenant. */
  personAt(address: string): DirectoryPerson | null;
  isSomebodys(address: string): boolean;
}

/** The address book of a tenant at this moment. `shared` are the addresses of mailboxes that aren't a person's. */
export function addressBook(
  people: readonly DirectoryPerson[],
  tenantId: string,
  shared: readonly string[],
): AddressBook {
  const byAddress = new Map(people.map((person) => [person.email.toLowerCase(), person]));
  const sharedAddresses = new Set(shared.map((address) => address.toLowerCase()));
  const users = () => people.filter((person) => person.tenantId === tenantId);
  return {
    users,
    user(named) {
      const wanted = named.toLowerCase();
      return users().find(({ objectId, email, external }) => objectId.toLowerCase() === wanted || (!external && email.toLowerCase() === wanted)) ?? null;
    },
    mailboxOf(user) {
      const wanted = user.toLowerCase();
      if (sharedAddresses.has(wanted)) return { name: "", address: wanted };
      const person = byAddress.get(wanted) ?? people.find(({ objectId }) => objectId.toLowerCase() === wanted);
      if (person === undefined || person.tenantId !== tenantId) {
        return refusal(404, "ErrorInvalidUser", `The requested user '${user}' is invalid.`);
      }
      // A guest is in the directory, and has the mailbox elsewhere.
      if (person.external) {
        const message = "The mailbox is either inactive, soft-deleted, or is hosted on-premise.";
        return refusal(404, "MailboxNotEnabledForRESTAPI", message);
      }
      return { name: person.name, address: person.email };
    },
    personAt: (address) => byAddress.get(address.toLowerCase()) ?? null,
    isSomebodys: (address) => byAddress.has(address.toLowerCase()) || sharedAddresses.has(address.toLowerCase()),
  };
}
