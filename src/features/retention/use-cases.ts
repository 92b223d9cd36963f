import type { NetworkId } from "../../kernel/ids.ts";
import type { RetentionDeps } from "./ports.ts";
import { RetentionSettings, settingsSection } from "./settings.ts";

/**
 * Deletes what a network has kept for long enough, and writes into the audit log how many things of each kind went;
 * nothing when there were none. Runs every night; may be run again at any time, and by several replicas at once.
 */
export async function forgetWhatIsDue({ store, clock }: RetentionDeps, network: NetworkId): Promise<void> {
  await store.transaction(network, async (tx) => {
    // Two at once would each hold rows that the other waits for.
    await tx.settings.lock();
    const keep = RetentionSettings.parse((await tx.settings.get(settingsSection)) ?? {});
    const now = clock.now();
    const ago = (time: { hours: number } | { months: number } | { years: number }) => now.toZonedDateTimeISO("UTC").subtract(time).toInstant();
    const { retention } = tx;
    await retention.forgetRates(ago({ hours: 24 }));
    const checkIns = ago({ months: keep.checkInMonths });
    const aggregates = ago({ years: keep.aggregateYears });
    const gone = {
      ...(await retention.forgetCheckIns(checkIns)),
      ...(await retention.forgetDeliveries(checkIns)),
      ...(await retention.forgetAsked(checkIns)),
      ...(await retention.forgetAnswers(ago({ months: keep.meetingMonths }))),
      ...(await retention.forgetCombined(aggregates)),
      ...(await retention.forgetMeetings(aggregates)),
      ...(await retention.forgetSurveys(aggregates)),
      ...(await retention.forgetLeavers(ago({ months: keep.leaverMonths }))),
      ...(await retention.forgetAudit(ago({ years: keep.auditYears }))),
    };
    const removed = Object.fromEntries(Object.entries(gone).filter(([, count]) => count > 0));
    if (Object.keys(removed).length === 0) return;
    await tx.audit.record({ at: now, actor: null, action: "retention.forget", subject: null, detail: { removed } });
  });
}
