import type { Generated } from "kysely";

interface DeliveriesTable {
  network: string;
  id: string;
  occasion: string;
  purpose: string;
  subject: string;
  recipient: string;
  channel: string;
  unasked: boolean;
  state: string;
  reason: string | null;
  unreachable: Generated<boolean>;
  attempts: Generated<number>;
  turn: Generated<number>;
  due_at: Date;
  attempt_started_at: Date | null;
  delivered_at: Date | null;
  created_at: Date;
  updated_at: Date;
}

interface SentCardsTable {
  network: string;
  delivery: string;
  service_url: string;
  conversation_id: string;
  activity_id: string;
  sent_at: Date;
}

interface LinksTable {
  network: string;
  id: string;
  delivery: string;
  person: string;
  sent_to: string;
  issued_at: Date;
  expires_at: Date;
  revoked_at: Date | null;
}

interface LinkRenewalsTable {
  network: string;
  person: string;
  asked_at: Date;
}

/** Deliveries, what became of them, and the links to them. */
export interface DeliveryTables {
  deliveries: DeliveriesTable;
  sent_cards: SentCardsTable;
  links: LinksTable;
  link_renewals: LinkRenewalsTable;
}
