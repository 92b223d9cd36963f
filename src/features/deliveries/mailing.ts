import type { NetworkId } from "../../kernel/ids.ts";
import type { JobHandler } from "../../kernel/jobs.ts";
import { drawAll } from "./drawing.ts";
import { type Hindrance, hindranceTo, inSeconds } from "./hindrances.ts";
import { priorities, type SendCard, sendLink } from "./jobs.ts";
import { linkMail } from "./mail.ts";
import type { Mailer } from "./mailer.ts";
import { consequenceOf } from "./model.ts";
import { whyByLink } from "./obstacles.ts";
import type { ClaimedDelivery, LinkMaker, LinkWords, MailRate } from "./ports.ts";
import type { SendingDeps } from "./sending.ts";

export interface MailingDeps extends Omit<SendingDeps, "messenger" | "rate" | "canMail"> {
  readonly mailer: Mailer;
  readonly links: LinkMaker;
  readonly mailRate: MailRate;
}

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
  if (content?.kind === "card") await record(deps, network, delivery, await send(deps, network, delivery, content.link));
}

async function send(
  deps: MailingDeps,
  network: NetworkId,
  delivery: ClaimedDelivery,
  words: LinkWords,
): Promise<Hindrance> {
  const { id, recipientName: name, recipientEmail: address } = delivery;
  const link = await deps.links.linkTo(network, delivery, address, words.until);
  await deps.pause.until(await deps.mailRate.reserve());
  const mail = linkMail({ words, to: { name, address }, url: link.url, reference: link.id });
  const result = await deps.mailer.send(mail);
  if (result.ok) {
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
  return { kind: "settled", settlement: { id, state: "failed", reason: consequence.reason, unreachable: false } };
}

async function record(deps: MailingDeps, network: NetworkId, { id, turn }: ClaimedDelivery, outcome: Hindrance): Promise<void> {
  await deps.store.transaction(network, async (tx) => {
    const now = deps.clock.now();
    if (outcome.kind === "settled") return tx.deliveries.settle([outcome.settlement], now);
    await tx.deliveries.postpone(id, outcome, now);
    await tx.jobs.add(sendLink, [{ network, delivery: id, turn }], { runAt: outcome.until, priority: priorities.send });
  });
}
