import { createServer } from "./adapters/http/server.ts";
import { loadCardTemplates } from "./adapters/cards/templates.ts";
import { createGraphClient, graphCalendar, graphMailer } from "./adapters/graph/index.ts";
import { icsFiles } from "./adapters/ics/calendar-files.ts";
import { allowance } from "./adapters/http/allowance.ts";
import { linkTokens } from "./adapters/identity/link-tokens.ts";
import { csvRecord, csvStart } from "./adapters/spreadsheets/csv-records.ts";
import { createJobs } from "./adapters/queue/jobs.ts";
import { directory } from "./adapters/sql/directory-store.ts";
import { figures } from "./adapters/sql/figures.ts";
import { mailRate, sendRate } from "./adapters/sql/send-rate.ts";
import { signingKey } from "./adapters/sql/signing-keys.ts";
import { sqlStore } from "./adapters/sql/store.ts";
import { isStoreUnavailable } from "./adapters/sql/unavailable.ts";
import { createTeams } from "./adapters/teams/index.ts";
import { authenticator } from "./composition/authentication.ts";
import { composeBot } from "./composition/bot.ts";
import { composeCalendars } from "./composition/calendars.ts";
import { composeEvidence } from "./composition/evidence.ts";
import { composeInstalls } from "./composition/installs.ts";
import { composeOverview } from "./composition/overview.ts";
import type { Application, Parts } from "./composition/parts.ts";
import { composePulse } from "./composition/pulse.ts";
import { readinessOf } from "./composition/readiness.ts";
import { withoutRepeatedReadings } from "./composition/readings.ts";
import { watchService } from "./composition/reachability.ts";
import { composeRetention } from "./composition/retention.ts";
import { networkSchedules } from "./composition/schedules.ts";
import { isSameText } from "./composition/secrets.ts";
import { tellFigures } from "./composition/telemetry.ts";
import { accountCommands, accountVerbs } from "./features/account/bot.ts";
import { accountRoutes } from "./features/account/routes.ts";
import { traces } from "./features/account/traces.ts";
import { goAway, handOver, takeBack } from "./features/check-ins/away.ts";
import { absenceOf } from "./features/check-ins/audience.ts";
import { checkInCommands } from "./features/check-ins/bot.ts";
import { checkInCardSources } from "./features/check-ins/card-sources.ts";
import { readSettings, settingsSection } from "./features/check-ins/deps.ts";
import { checkInPersonalData } from "./features/check-ins/personal-data.ts";
import { closeDueRound, openDueRound } from "./features/check-ins/rounds.ts";
import { checkInRoutes } from "./features/check-ins/routes.ts";
import { CheckInSettings } from "./features/check-ins/settings.ts";
import { agendaThemes } from "./features/check-ins/themes.ts";
import { tendStandings } from "./features/check-ins/standings.ts";
import { checkInVerbs } from "./features/check-ins/verbs.ts";
import { welcomeCard } from "./features/check-ins/welcome.ts";
import { roundHandlers } from "./features/check-ins/workers.ts";
import { drawAll } from "./features/deliveries/drawing.ts";
import { linkSender } from "./features/deliveries/mailing.ts";
import { outageWatch } from "./features/deliveries/outage.ts";
import { cardRefresher } from "./features/deliveries/refreshing.ts";
import { deliveryRoutes } from "./features/deliveries/routes.ts";
import { cardSender } from "./features/deliveries/sending.ts";
import { makeUpFor, missedCardSender, tendDeliveries } from "./features/deliveries/use-cases.ts";
import { linkMaker } from "./features/links/issuing.ts";
import { linkPersonalData } from "./features/links/personal-data.ts";
import type { LinkDeps } from "./features/links/ports.ts";
import { forgetLinks } from "./features/links/renewing.ts";
import { linkRoutes, respondRoutes } from "./features/links/routes.ts";
import { meetingCommands } from "./features/meetings/bot.ts";
import { calendarFileOf, hasCalendarFile } from "./features/meetings/calendar-file.ts";
import { meetingCardSources } from "./features/meetings/card-sources.ts";
import { settingsSection as meetingsSection } from "./features/meetings/deps.ts";
import { bookByItself, catchUp, tendMeetings } from "./features/meetings/due.ts";
import { meetingPersonalData } from "./features/meetings/personal-data.ts";
import { planCommands, planVerbs, pollCardSource } from "./features/meetings/plan-verbs.ts";
import { answerMirrorer, answerPuller } from "./features/meetings/pulling.ts";
import { meetingRoutes } from "./features/meetings/routes.ts";
import { MeetingSettings } from "./features/meetings/settings.ts";
import { calendarSyncer } from "./features/meetings/syncing.ts";
import { meetingVerbs } from "./features/meetings/verbs.ts";
import { Notifications, takeNotifications, watchCalendars } from "./features/meetings/watching.ts";
import type { AvailabilityHooks } from "./features/roster/availability.ts";
import { rosterCommands } from "./features/roster/bot.ts";
import { rosterPersonalData } from "./features/roster/personal-data.ts";
import { rosterRoutes } from "./features/roster/routes.ts";
import { settingsRoutes } from "./features/settings/routes.ts";
import type { Route } from "./kernel/http.ts";
import type { NetworkId } from "./kernel/ids.ts";
import { noTelemetry } from "./kernel/telemetry.ts";
import { dateIn, type Instant, type LocalDate } from "./kernel/time.ts";

/** Builds every adapter and hands it to the features: the one place that knows both. */
export function compose(parts: Parts): Application {
  const { database, platform, clock, logger, telemetry = noTelemetry } = parts;
  const jobs = createJobs({ database, logger, telemetry, ...(parts.jobClock === undefined ? {} : { clock: parts.jobClock }) });
  const onSql = sqlStore(database.db, (connection) => jobs.queueIn(connection));
  const store = parts.through?.(onSql) ?? onSql;
  const people = directory(database.db);
  const templates = { ...loadCardTemplates(), tabLink: parts.tabLink };
  const nextMeeting = async (network: NetworkId) => {
    const [next] = await store.read(network).events.upcoming(clock.now());
    return next === undefined ? null : dateIn(next.zone, next.startsAt);
  };
  const checkIns = { store, clock, templates, nextMeeting };
  const themes = (network: NetworkId) => agendaThemes(checkIns, network);
  const meetings = { store, clock, templates, themes, ...parts.meetings };
  const graphWatch = watchService(telemetry, clock);
  const graph = platform.graph === null ? null : createGraphClient({ ...platform.graph, telemetry: graphWatch.telemetry });
  const calendar = graph === null ? null : graphCalendar({ client: graph, now: () => clock.now().epochMilliseconds });
  const planning = { ...meetings, calendar };
  const pulse = composePulse(parts, {
    store,
    templates,
    sources: [...checkInCardSources(checkIns), ...meetingCardSources(meetings), pollCardSource(planning)],
    goAway: (actor, until) => goAway(checkIns, actor, until),
  });
  const { sources } = pulse;
  const mailer = graph === null || parts.mailSender === null ? null : graphMailer({ client: graph, sender: parts.mailSender });
  const canMail = mailer !== null;
  const installs = composeInstalls(parts, { store, directory: people, graph, canMail });
  const rosterDeps = { store, clock, defaultTenant: platform.tenantId, canMail };
  const account = {
    store,
    clock,
    templates,
    personalData: [
      ...[rosterPersonalData(store), checkInPersonalData(checkIns), meetingPersonalData(meetings)],
      ...[pulse.personalData, linkPersonalData({ store }), installs.personalData, traces(store)],
    ],
  };
  const deliveries = { store, clock, sources, logger, canMail };

  const availability: AvailabilityHooks = {
    away: (person) => handOver(checkIns, person),
    back: (person) => takeBack(checkIns, person),
    started: ({ network, person }) => makeUpFor(deliveries, network, person),
  };

  const verbs = [
    ...[...checkInVerbs(checkIns), ...meetingVerbs(meetings), ...planVerbs(planning)],
    ...[...pulse.verbs, ...accountVerbs(account)],
  ];
  const bot = composeBot({
    ...{ store, clock, directory: people, homeTenant: platform.tenantId, deliveries, verbs, noteApp: installs.noteApp },
    commands: [
      ...checkInCommands(checkIns),
      ...meetingCommands(meetings),
      ...planCommands(planning),
      ...pulse.commands,
      ...rosterCommands(rosterDeps, availability),
      ...accountCommands(account),
    ],
    welcome: (actor) => welcomeCard(checkIns, actor),
  });
  const rate = sendRate(database.db, clock, { requestsPerSecond: parts.requestsPerSecond });
  const pace = async (conversation: string) => {
    // An answer goes out unpaced rather than not at all.
    const moments = await rate.reserve([conversation]).catch(() => []);
    for (const moment of moments) await parts.pause.until(moment);
  };
  const teams = createTeams({ ...platform, allowedTenants: [platform.tenantId], logger, telemetry, pace, app: () => bot });

  const outage = outageWatch(() => clock.now());
  const sending = {
    store,
    messenger: teams.messenger,
    rate,
    outage,
    pause: parts.pause,
    sources,
    absences: async (network: NetworkId) => {
      const settings = await readSettings(store.read(network).settings);
      return (awayUntil: LocalDate, now: Instant) => absenceOf(settings, awayUntil, now);
    },
    clock,
    logger,
    canMail,
    random: parts.random,
    isTemporary: isStoreUnavailable,
  };
  const links: LinkDeps = {
    store,
    tokens: linkTokens(signingKey(database.db, "links")),
    allowance: allowance(usesPerMinute, 60),
    clock,
    app: () => bot,
    draw: (network, cards, moment) => drawAll(deliveries, network, cards, moment),
    hasCalendarFile: (network, card) => hasCalendarFile(meetings, network, card),
    calendarFile: (network, card) => calendarFileOf({ ...meetings, calendarFiles: icsFiles() }, network, card),
    pageUrl: () => `${parts.publicUrl()}/respond/`,
  };
  jobs.handle(cardSender(sending));
  if (mailer !== null) {
    const pace = mailRate(database.db, clock, { mailsPerMinute });
    jobs.handle(linkSender({ ...sending, mailer, links: linkMaker(links), mailRate: pace }));
  }
  jobs.handle(cardRefresher(sending));
  jobs.handle(missedCardSender(deliveries));
  for (const handler of roundHandlers(checkIns)) jobs.handle(handler);
  for (const handler of installs.handlers) jobs.handle(handler);
  const calendars = composeCalendars(parts, planning);
  jobs.handle(calendarSyncer(calendars));
  jobs.handle(answerPuller(calendars));
  jobs.handle(answerMirrorer(calendars));
  const { everyMinute, at } = networkSchedules(jobs, people, logger);
  everyMinute("check-ins.close-due", (network) => closeDueRound(checkIns, network));
  // One after the other, so that each sees what the other is about to send: people get one message a week.
  everyMinute(
    "messages.due",
    (network) => openDueRound(checkIns, network),
    (network) => tendMeetings(meetings, network),
    pulse.send,
  );
  everyMinute("check-ins.standings", (network) => tendStandings(checkIns, network));
  everyMinute("pulse.tend", ...pulse.closing);
  everyMinute("deliveries.tend", (network) => tendDeliveries(deliveries, network));
  everyMinute("installs.tend", installs.tend);
  everyMinute("meetings.watch", (network) => watchCalendars(calendars, network));
  at("meetings.book", "7 * * * *", (network) => bookByItself(calendars, network));
  at("meetings.catch-up", "37 * * * *", (network) => catchUp(meetings, network));
  at("links.forget", "23 3 * * *", (network) => forgetLinks(links, network));
  const retention = composeRetention({ store, clock });
  at("retention.forget", "41 3 * * *", async (network) => {
    await retention.forget(network);
    // What was worked out from what is gone goes with it.
    await tendStandings(checkIns, network);
  });

  const sections = [
    { name: settingsSection, schema: CheckInSettings },
    { name: meetingsSection, schema: MeetingSettings },
    pulse.section,
    retention.section,
  ];
  const routes: Route[] = [
    ...rosterRoutes(rosterDeps, availability),
    ...checkInRoutes(checkIns),
    ...deliveryRoutes({ store, isConfidential: pulse.isWave }),
    ...accountRoutes(account),
    ...linkRoutes(links),
    ...installs.routes,
    ...meetingRoutes(calendars),
    ...pulse.routes,
    ...composeOverview({ checkIns, calendars, pulse: pulse.deps }).routes,
    ...composeEvidence({ checkIns, pulse: pulse.deps, store }).routes,
    ...settingsRoutes({ store, clock, sections, csv: { start: csvStart, record: csvRecord } }),
  ];
  const server = createServer({
    ...parts.http,
    routes,
    linkRoutes: respondRoutes(links),
    notifications: { schema: Notifications, take: (body) => takeNotifications(calendars, Notifications.parse(body), isSameText) },
    authenticate: authenticator(parts, people),
    isTemporary: isStoreUnavailable,
    audit: withoutRepeatedReadings((entry) =>
      entry.actor === null
        ? Promise.resolve()
        : store.transaction(entry.actor.network, (tx) => tx.audit.record(entry)),
    ),
    clock,
    logger,
    telemetry,
    messages: teams.handleMessages,
    ready: readinessOf(database, jobs, { teams: outage.since, graph: graphWatch.since }),
  });
  tellFigures(telemetry, { figures: figures(database.db), jobs, clock });
  const features = { checkIns, calendars, pulse: pulse.deps };
  return { store, directory: people, jobs, server, bot, templates, clock, tenantId: platform.tenantId, canMail, nextMeeting, features };
}

/** Exchange Online takes 30 messages a minute from one mailbox ("Exchange Online limits", sending limits). */
const mailsPerMinute = 30;
/** What one link may ask for in a minute: far more than a person needs. */
const usesPerMinute = 60;
