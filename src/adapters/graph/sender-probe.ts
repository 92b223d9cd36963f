import { ResponseType, type Client } from "@microsoft/microsoft-graph-client";
import { userPath } from "./calendar-calls.ts";
import { failureOf } from "./faults.ts";

export type SenderProbe =
  | { readonly ok: true }
  /** "again" for what may pass by itself. `detail` is a status and Graph's code at most. */
  | { readonly ok: false; readonly kind: "refused" | "again"; readonly detail: string };

/**
 * Whether mails may be sent from a mailbox, without sending any: asks Graph to send one that has no recipients. Graph
 * refuses that last, with "ErrorInvalidRecipients: a message can't be sent because it contains no recipients" (seen in
 * public threads, such as msgraph-sdk-dotnet 1891 and SMTP2Graph 30), once it has found the mailbox and let us in.
 */
export async function probeSender(client: Client, sender: string): Promise<SenderProbe> {
  const mail = `From: ${sender}\r\nSubject: A question of Steady's doctor\r\n\r\nThis has no recipients.\r\n`;
  try {
    await client
      .api(`${userPath(sender)}/sendMail`)
      .header("Content-Type", "text/plain")
      .responseType(ResponseType.RAW)
      .post(Buffer.from(mail).toString("base64"));
    return { ok: true };
  } catch (error) {
    const failure = failureOf(error, 0);
    if (failure === null) throw error;
    const { detail } = failure;
    if (failure.kind !== "refusal") return { ok: false, kind: failure.kind === "no-answer" ? "again" : "refused", detail };
    if (failure.code === "ErrorInvalidRecipients") return { ok: true };
    return { ok: false, kind: failure.status === 429 || failure.status >= 500 ? "again" : "refused", detail };
  }
}
