import type { NetworkId } from "../../kernel/ids.ts";
import type { JobHandler } from "../../kernel/jobs.ts";
import { drawAll } from "./drawing.ts";
import { type Hindrance, hindranceTo, inSeconds } from "./hindrances.ts";
import { priorities, type SendCard, sendCard, sendLink } from "./jobs.ts";
import { linkMail } from "./mail.ts";
import type { Mailer } from "./mailer.ts";
import { consequenceOf } from "./model.ts";
import { isInReach, whyByLink } from "./obstacles.ts";
import type { ClaimedDelivery, DeliveryStores, LinkMaker, LinkWords, MailRate } from "./ports.ts";
import type { SendingDeps } from "./sending.ts";

export interface MailingDeps extends Omit<SendingDeps, "messenger" | "rate" | "outage" | "canMail"> {
  readonly mailer: Mailer;
  readonly links: LinkMaker;
  readonly mailRate: MailRate;
}

/** What one try came to. */
type Outcome =
  | Hindrance
  /** Teams can reach this person again, so the card goes there. */
  | { readonly kind: "teams" };

/** The worker that mails links to cards: one mail at a time, each in its own reserved moment. */
export function linkSender(deps: MailingDeps): JobHandler<SendCard> {
  return {
    kind: sendLink,
    async run(payloads) {
      for (const payload of payloads) await mailOne(deps, payload);
    },
  };
}

async function mailOne(deps: MailingDeps, { network, delivery: id, turn }: SendCard): Promise<void> {
  const { clock, random } = deps;
  const [delivery] = await deps.store.transaction(network, (tx) => tx.deliveries.claim([{ id, turn }], clock.now()));
  if (delivery === undefined) return;
  const content = (await drawAll(deps, network, [delivery], "send")).get(id);
  const absenceOf = await deps.absences(network);
  const hindrance = hindranceTo(delivery, content, { now: clock.now(), random, absenceOf });
  if (hindrance !== null) return record(deps, network, delivery, hindrance);
  // Each fault for which a card comes here leaves a chat that isn't open, so it can't go to and fro.
  if (isInReach(delivery)) return record(deps, network, delivery, { kind: "teams" });
  if (content?.kind === "card") await record(deps, network, delivery, await send(deps, network, delivery, content.link));
}

async function send(
  deps: MailingDeps,
  network: NetworkId,
  delivery: ClaimedDelivery,
  words: LinkWords,
): Promise<Hindrance> {
  const { id, recipientName: name, recipientEmail: address } = delivery;
  await deps.pause.until(await deps.mailRate.reserve());
  const link = await deps.links.linkTo(network, delivery, address, words.until);
  const mail = linkMail({ words, to: { name, address }, url: link.url, reference: link.id });
  const result = await deps.mailer.send(mail);
  if (result.ok) {
    if (!(await deps.links.isGood(network, link.id))) {
      const reason = "The link was ended while its mail was on the way; a new one follows.";
      return { kind: "wait", until: deps.clock.now(), reason, isTry: true };
    }
    const reason = `${whyByLink(delivery)} Sent as a link by e-mail.`;
    return { kind: "settled", settlement: { id, state: "delivered", reason, unreachable: false, channel: "link" } };
  }
  const { fault } = result;
  deps.logger.warn(
    { network, delivery: id, attempts: delivery.attempts, fault: fault.kind, detail: fault.detail },
    "a link wasn't mailed",
  );
  const consequence = consequenceOf(fault, delivery.attempts, deps.random(), name, "link");
  if (consequence.kind === "retry") {
    const until = inSeconds(deps.clock.now(), consequence.afterSeconds);
    return { kind: "wait", until, reason: consequence.reason, isTry: true };
  }
  // Teams stood in the way first, so that its coming back makes up for the mail too.
  const reason = `${whyByLink(delivery)} ${consequence.reason}`;
  return { kind: "settled", settlement: { id, state: "failed", reason, unreachable: true } };
}

async function record(deps: MailingDeps, network: NetworkId, delivery: ClaimedDelivery, tried: Outcome): Promise<void> {
  const { id, turn } = delivery;
  const job = { network, delivery: id, turn };
  await deps.store.transaction(network, async (tx) => {
    const now = deps.clock.now();
    const outcome = (await hasComeBack(tx, delivery, tried)) ? ({ kind: "teams" } as const) : tried;
    switch (outcome.kind) {
      case "settled":
        return tx.deliveries.settle([outcome.settlement], now);
      case "wait":
        await tx.deliveries.postpone(id, outcome, now);
        return tx.jobs.add(sendLink, [job], { runAt: outcome.until, priority: priorities.send });
      case "teams":
        await tx.deliveries.moveTo(id, "teams", null, now);
        return tx.jobs.add(sendCard, [job], { priority: priorities.send });
    }
  });
}

/** True when a mail failed for good, and Teams has come within reach since it was tried. */
async function hasComeBack(tx: DeliveryStores, { recipient }: ClaimedDelivery, outcome: Outcome): Promise<boolean> {
  if (outcome.kind !== "settled" || outcome.settlement.state !== "failed" || !outcome.settlement.unreachable) return false;
  return (await tx.conversations.of(recipient))?.state === "open";
}
