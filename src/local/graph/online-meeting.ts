import { randomBytes } from "node:crypto";

/** A made-up address to join a meeting, at a domain that belongs to nobody (RFC 2606). */
export function newJoinUrl(): string {
  return `https://teams.example/l/meetup-join/19%3ameeting_${randomBytes(18).toString("base64url")}%40thread.v2/0`;
}

/** The block that Teams adds below a meeting's own text; the online meeting lives as long as it stands there. */
const joinBlock = (joinUrl: string): string =>
  `<div class="me-email-text"><p>Microsoft Teams meeting</p>` +
  `<p><a class="me-email-headline" href="${joinUrl}">Join the meeting now</a></p></div>`;

export const withJoinBlock = (html: string, joinUrl: string): string => `${html}\n${joinBlock(joinUrl)}`;

export const hasJoinBlock = (html: string, joinUrl: string): boolean => html.includes(joinUrl);
