import type { Request, Server } from "restify";
import type { GraphStandIn, ReceivedMail } from "../graph/index.ts";
import type { DirectoryPerson } from "../entra/index.ts";
import { json } from "./http.ts";
import { mailPage, mailPolicy } from "./mail-page.ts";

export interface MailCounts {
  readonly mails: number;
  readonly unreadMails: number;
}

export interface Mails {
  countsOf(account: DirectoryPerson): MailCounts;
  mount(server: Server): void;
}

export interface MailsDeps {
  readonly graph: Pick<GraphStandIn, "inboxOf">;
  account(key: string): Promise<DirectoryPerson | null>;
}

const noPerson = { detail: "There is no such person." };
const noMail = { detail: "There is no such mail." };

/** Each person's inbox for the Rehearsal page, and which mails they have opened since the server started. */
export function createMails({ graph, account }: MailsDeps): Mails {
  const opened = new Set<string>();
  const markOf = ({ objectId }: DirectoryPerson, id: string) => `${objectId} ${id}`;

  const mailOf = async (request: Request) => {
    const { key, id } = asked(request);
    const person = await account(key);
    const mail = person === null ? undefined : graph.inboxOf(person.email).find((one) => one.id === id);
    return person === null || mail === undefined ? null : { person, mail };
  };

  return {
    countsOf(person) {
      const inbox = graph.inboxOf(person.email);
      const unread = inbox.filter((mail) => !opened.has(markOf(person, mail.id)));
      return { mails: inbox.length, unreadMails: unread.length };
    },
    mount(server) {
      server.get("/rehearsal/api/people/:key/mails", async (request, response) => {
        const person = await account(asked(request).key);
        if (person === null) return json(response, 404, noPerson);
        const newestFirst = [...graph.inboxOf(person.email)].reverse();
        const items = newestFirst.map((mail) => ({ ...withoutHtml(mail), read: opened.has(markOf(person, mail.id)) }));
        json(response, 200, { items });
      });

      server.post("/rehearsal/api/people/:key/mails/:id/read", async (request, response) => {
        const found = await mailOf(request);
        if (found === null) return json(response, 404, noMail);
        opened.add(markOf(found.person, found.mail.id));
        json(response, 200, {});
      });

      server.get("/rehearsal/api/people/:key/mails/:id/body", async (request, response) => {
        const found = await mailOf(request);
        if (found === null || found.mail.html === null) return json(response, 404, noMail);
        response.writeHead(200, { "content-type": "text/html; charset=utf-8", "content-security-policy": mailPolicy });
        response.end(mailPage(found.mail.html));
      });
    },
  };
}

function asked(request: { params?: Record<string, string> }): { readonly key: string; readonly id: string } {
  return { key: request.params?.["key"] ?? "", id: request.params?.["id"] ?? "" };
}

function withoutHtml({ html, ...mail }: ReceivedMail) {
  return { ...mail, hasHtml: html !== null };
}
