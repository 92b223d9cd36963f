import { looked, type LookedCard } from "./card-in-chat.ts";
import type { Answer } from "./test-app.ts";

/** The token of the link in a mail, as its text has it. */
export function tokenIn(mail: { readonly text: string | null }): string {
  const [, token] = /\/respond\/#(\S+)/.exec(mail.text ?? "") ?? [];
  if (token === undefined) throw new Error(`There is no link in this mail: ${mail.text ?? ""}`);
  return token;
}

/** What the page behind a link does, without the page. */
export interface LinkPage {
  readonly token: string;
  post(path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  open(): Promise<Answer>;
  /** The cards that the link opens now, the one it was sent for first. */
  cards(): Promise<LinkedCard[]>;
  /** The first card. */
  card(): Promise<LinkedCard>;
  say(text: string): Promise<Answer>;
  renew(): Promise<Answer>;
}

export interface LinkedCard extends LookedCard {
  readonly token: string;
  /** Types into some inputs, leaves the others as they are, and presses a button, as the page does. */
  press(button: string, typed?: Readonly<Record<string, string | number>>): Promise<Answer>;
}

/** The page behind a link; `settle` lets the work end that a press sets off. */
export function linkPage(url: string, token: string, settle: () => Promise<unknown>): LinkPage {
  const post = async (path: string, body: unknown = {}, headers: Readonly<Record<string, string>> = {}): Promise<Answer> => {
    const answer = await fetch(`${url}/respond/api/${path}`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    });
    const text = await answer.text();
    await settle();
    return { status: answer.status, body: text === "" ? null : JSON.parse(text) };
  };
  const linked = ({ token: own, card }: { token: string; card: Readonly<Record<string, unknown>> }): LinkedCard => {
    const look = looked(card);
    return {
      ...look,
      token: own,
      press(button, typed = {}) {
        const { verb, data, inputs } = look.pressed(button, typed);
        return linkPage(url, own, settle).post("press", { action: { verb, data: { ...data, ...inputs } } });
      },
    };
  };
  const page: LinkPage = {
    token,
    post,
    open: () => post("card"),
    async cards() {
      const { status, body } = await post("card");
      if (status !== 200) throw new Error(`The link opens nothing: ${status} ${JSON.stringify(body)}`);
      return body.cards.map(linked);
    },
    async card() {
      const [first] = await page.cards();
      if (first === undefined) throw new Error("The link opens no card");
      return first;
    },
    say: (text) => post("say", { text }),
    renew: () => post("renew"),
  };
  return page;
}
