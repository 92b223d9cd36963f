import { createHash } from "node:crypto";

const hash = (...parts: readonly string[]) => createHash("sha256").update(parts.join("\n")).digest("base64url");

/** A person as this bot knows them: the same person has another id with another bot. */
export const userIdOf = (appId: string, objectId: string): string => `29:1${hash("user", appId, objectId)}`;

export const botIdOf = (appId: string): string => `28:${appId}`;

/** A 1:1 chat. Each time that the person deletes it, the next one has another `generation` and so another id. */
export const conversationIdOf = (appId: string, objectId: string, generation: number): string =>
  `a:1${hash("chat", appId, objectId, String(generation))}`;
