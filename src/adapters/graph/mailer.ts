import { ResponseType, type Client } from "@microsoft/microsoft-graph-client";
import type { Mailer } from "../../features/deliveries/mailer.ts";
import { graphFaultOf } from "./faults.ts";
import { mimeOf } from "./mime.ts";

export interface GraphMailerOptions {
  readonly client: Client;
  /** The address of the mailbox that sends. */
  readonly sender: string;
  /** Milliseconds since 1970; the machine's clock when left out. */
  readonly now?: () => number;
}

/** Sends mails through Graph: as MIME, the only form of sendMail in which a mail has plain text and HTML. */
export function graphMailer({ client, sender, now = () => Date.now() }: GraphMailerOptions): Mailer {
  return {
    async send(mail) {
      const mime = await mimeOf(mail, sender);
      try {
        const answer: unknown = await client
          .api(`/users/${encodeURIComponent(sender)}/sendMail`)
          .header("Content-Type", "text/plain")
          // Nothing but the answer's status is read, so that no oddity in it makes a sent mail look unsent.
          .responseType(ResponseType.RAW)
          .post(mime.toString("base64"));
        // Graph says 202. Anything else that looks like a success is from somebody in between.
        if (!(answer instanceof Response) || answer.status !== 202) {
          return { ok: false, fault: { kind: "unclear", detail: "a success that isn't Graph's" } };
        }
        return { ok: true, value: null };
      } catch (error) {
        const fault = graphFaultOf(error, now());
        if (fault === null) throw error;
        return { ok: false, fault };
      }
    },
  };
}
