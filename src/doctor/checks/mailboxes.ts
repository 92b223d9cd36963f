import { createGraphClient, graphCalendar, probeSender } from "../../adapters/graph/index.ts";
import type { Calendar, CalendarResult } from "../../features/meetings/calendar.ts";
import { failed, fine, skipped, type Verdict, warning } from "../model.ts";
import type { NetworkFacts } from "../store-facts.ts";
import type { Surroundings, Tenant } from "../surroundings.ts";

/** A call that failed: "again" for what may pass by itself; `detail` is a status and a code at most. */
interface Refused {
  readonly kind: string;
  readonly detail: string;
}

interface Role {
  /** What Exchange calls it, and which group of infra/scripts/confine-calendars.ps1 it goes to. */
  readonly role: string;
  readonly group: string;
  /** Where the mailbox is named. */
  readonly setting: string;
}

/** What to make of a mailbox that couldn't be used. */
export function judgeRefusal(mailbox: string, { kind, detail }: Refused, { role, group, setting }: Role): Verdict {
  if (kind === "again") {
    return warning(
      `Whether ${mailbox} can be used isn't known: Graph gave no answer (${detail}).`,
      "Try again; if it stays so, let this machine reach Graph.",
    );
  }
  if (detail.includes("MailboxNotEnabledForRESTAPI")) {
    return failed(
      `${mailbox} has no mailbox in Exchange Online (${detail}).`,
      "Give it a licence or make it a shared mailbox; a mailbox on premises can't be used.",
    );
  }
  if (detail.startsWith("404")) return failed(`There is no mailbox ${mailbox} in the tenant (${detail}).`, `Correct ${setting}.`);
  if (detail.startsWith("401")) {
    return failed(
      `Graph doesn't take Steady's token (${detail}).`,
      "See GRAPH_BASE_URL, GRAPH_OAUTH_SCOPE and MicrosoftAppTenantId.",
    );
  }
  return failed(
    `Steady isn't let into the mailbox ${mailbox} (${detail}).`,
    `See that ${setting} is right. Then grant "Application ${role}" for it in Exchange: put it into ${group} ` +
      "(infra/scripts/confine-calendars.ps1). Changes take up to two hours.",
  );
}

const organising: Role = {
  role: "Calendars.ReadWrite",
  group: "the organisers' group",
  setting: "MEETING_ORGANISER (or the organiser in the network's settings)",
};
const sending: Role = { role: "Mail.Send", group: "the senders' group", setting: "MAIL_SENDER" };

/** Every mailbox that owns a network's meetings. */
export function organisersOf(byDefault: string | null, networks: readonly Pick<NetworkFacts, "organiser">[]): string[] {
  // Until there is a network, the one that the environment names.
  const named = networks.length === 0 ? [byDefault] : networks.map(({ organiser }) => organiser ?? byDefault);
  return [...new Set(named.filter((one) => one !== null))];
}

type Networks = () => Promise<readonly NetworkFacts[]>;

function calendarOf({ platform: { graph } }: Tenant, { clock }: Surroundings): Calendar | null {
  return graph === null ? null : graphCalendar({ client: createGraphClient(graph), now: () => clock.now().epochMilliseconds });
}

async function aboutEach(
  surroundings: Surroundings,
  networks: Networks,
  work: (calendar: Calendar, organiser: string) => Promise<Verdict>,
): Promise<Verdict[]> {
  const tenant = await surroundings.tenant();
  const calendar = calendarOf(tenant, surroundings);
  if (calendar === null) return [skipped("Nobody plays Graph here.")];
  const organisers = organisersOf(tenant.organiser, await networks());
  if (organisers.length === 0) {
    return [warning(
      "No mailbox owns the meetings: none can be booked.",
      "Set MEETING_ORGANISER, or the organiser in the network's settings.",
    )];
  }
  return Promise.all(organisers.map((organiser) => work(calendar, organiser)));
}

/** Whether the calendars that own the meetings can be read; that they can be written to shows only with a booking. */
export function checkOrganisers(surroundings: Surroundings, networks: Networks): Promise<Verdict[]> {
  return aboutEach(surroundings, networks, async (calendar, organiser) => {
    const found = await calendar.find(organiser, "steady-doctor");
    return found.ok ? fine(`The calendar of ${organiser} can be read.`) : judgeRefusal(organiser, found.fault, organising);
  });
}

/** Whether free/busy can be asked for, where it may be: for the organiser's own mailbox, so that nobody is looked at. */
export async function checkFreeBusy(surroundings: Surroundings, networks: Networks): Promise<readonly Verdict[]> {
  if (!surroundings.config.freeBusy) return [fine("GRAPH_FREE_BUSY is off: nobody's free/busy is asked for.")];
  const now = surroundings.clock.now();
  return aboutEach(surroundings, networks, async (calendar, organiser) =>
    judgeFreeBusy(organiser, await calendar.freeBusy(organiser, [organiser], now, now.add({ hours: 1 }))),
  );
}

/** What to make of an organiser's answer about their own next hour. */
export function judgeFreeBusy(organiser: string, told: CalendarResult<ReadonlyMap<string, unknown>>): Verdict {
  if (!told.ok) return judgeRefusal(organiser, told.fault, organising);
  if (told.value.get(organiser) === "unknown") {
    return failed(
      `Free/busy of ${organiser} isn't told.`,
      `Correct ${organising.setting}.`,
    );
  }
  return fine(`Free/busy can be asked for through ${organiser}.`);
}

/** Whether mails can be sent from MAIL_SENDER, without sending one. */
export async function checkSender(surroundings: Surroundings, networks: Networks): Promise<Verdict> {
  const { platform, mailSender } = await surroundings.tenant();
  if (platform.graph === null) return skipped("Nobody plays Graph here.");
  if (mailSender === null) return judgeNoSender(await networks());
  const probe = await probeSender(createGraphClient(platform.graph), mailSender);
  if (!probe.ok) return judgeRefusal(mailSender, probe, sending);
  return fine(`${mailSender} may send (asked with a mail to nobody, which isn't sent).`);
}

/** Without a mailbox that sends, people of other organisations hear nothing. */
export function judgeNoSender(networks: readonly Pick<NetworkFacts, "app">[]): Verdict {
  const external = networks.reduce((sum, { app }) => sum + app.external, 0);
  if (external === 0) return fine("MAIL_SENDER isn't set: no links are sent.");
  return warning(
    `MAIL_SENDER isn't set, and ${external} people of the roster are of other organisations: those whom Teams can't reach get nothing.`,
    "Set MAIL_SENDER to a mailbox that may send, or leave them out knowingly.",
  );
}
