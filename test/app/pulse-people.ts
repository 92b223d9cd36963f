import { expect } from "@jest/globals";
import { defaultInstrument } from "../../src/features/pulse/instrument.ts";
import type { CardInChat } from "./card-in-chat.ts";
import { lead, manager, member, roster } from "./rosters.ts";
import { testApp, type TestApp, type TestAppOptions } from "./test-app.ts";

export const lea = "lea@example.org";
export const surveyTitle = "How is work for you?";

const letters = "abcdefghijklmnopqrstuvwxyz";
/** "Ma", "Mb" and so on for managers; "Wa", "Wb" for members of their teams; unlike names for any number of them. */
const nameOf = (first: string, place: number) => `${first}${letters[Math.floor(place / 26)] ?? ""}${letters[place % 26] ?? ""}`;
export const managerMail = (place: number) => `${nameOf("M", place).toLowerCase()}@example.org`;
export const memberMail = (place: number) => `${nameOf("W", place).toLowerCase()}@example.org`;

/** A workforce of one area, and Lea, who leads the network. */
export function workforce(managers: number, members: number, area: (place: number) => string = () => "North Central") {
  return [
    ...Array.from({ length: managers }, (_, place) => manager(nameOf("M", place), { area: area(place) })),
    ...Array.from({ length: members }, (_, place) => member(nameOf("W", place), { area: area(managers + place) })),
    lead("Lea"),
  ];
}

/** Everybody whom a wave of `workforce` asks. */
export const askedMails = (managers: number, members: number): string[] => [
  ...Array.from({ length: managers }, (_, place) => managerMail(place)),
  ...Array.from({ length: members }, (_, place) => memberMail(place)),
];

/** A network whose rounds open only by hand, so that no check-in comes between. */
export async function pulseNetwork(options: Partial<TestAppOptions> = {}, settings: object = {}): Promise<TestApp> {
  const app = await testApp({ now: "2027-01-12T09:30", roster: roster(...workforce(4, 8)), ...options });
  const changed = await app.api(lea, "PATCH", "settings", { "check-ins": { opensByItself: false }, ...settings });
  expect(changed.status).toBe(200);
  return app;
}

/** Opens a wave by the lead's hand and sends its cards; gives its id. */
export async function openedWave(app: TestApp, reader = lea): Promise<string> {
  const { status, body } = await app.api(reader, "POST", "pulse-waves", {});
  expect({ status, body }).toMatchObject({ status: 201 });
  await app.settle();
  return String(body.id);
}

/** What a person typed into the card: the same place in every scale, or another one for each item. */
export function choices(place: number | ((item: number) => number)): Record<string, string> {
  return Object.fromEntries(
    defaultInstrument.items.map(({ id }, item) => [id, String(typeof place === "number" ? place : place(item))]),
  );
}

/** The survey's latest card in somebody's chat. */
export const surveyCard = (app: TestApp, email: string): Promise<CardInChat> => app.card(email, surveyTitle);

export async function answer(app: TestApp, email: string, place: number | ((item: number) => number)) {
  return (await surveyCard(app, email)).press("Send", choices(place));
}

export async function close(app: TestApp, id: string, body?: object) {
  const answered = await app.api(lea, "POST", `pulse-waves/${id}/close`, body);
  await app.settle();
  return answered;
}

export async function share(app: TestApp, id: string) {
  const answered = await app.api(lea, "POST", `pulse-waves/${id}/share`);
  await app.settle();
  return answered;
}

export const summaryOf = (app: TestApp, reader: string, id: string) => app.api(reader, "GET", `pulse-waves/${id}/summary`);
