import { once } from "./once.ts";

/*
 * What may be a private key in bytes: a number of 256 bits as base64url or hexadecimal, or a PKCS #8 or SEC 1 key as
 * base64. A regular expression that begins anywhere takes longer for the bytes of a database than everything else that is
 * tried on them; so only those places are looked at where there may be one.
 */

/** Words that may be a key, each not a part of a longer word. */
export const candidatesIn = once((bytes: Buffer): readonly string[] => [
  ...longWordsIn(bytes).filter((word) => number.test(word)),
  ...encodedIn(bytes),
]);

const number = /^(?:[A-Za-z0-9_-]{43}|[0-9a-f]{64})$/;
const shortest = 43;
const longest = 64;

const isOfWord = Uint8Array.from({ length: 256 }, (_, byte) => (/[\w+/-]/.test(String.fromCharCode(byte)) ? 1 : 0));

// No word of this length lies between two places so far from each other.
function longWordsIn(bytes: Buffer): string[] {
  const found: string[] = [];
  for (let at = shortest - 1; at < bytes.length; ) {
    if (isOfWord[bytes[at]!] === 0) {
      at += shortest;
      continue;
    }
    let [from, to] = [at, at + 1];
    while (from > 0 && isOfWord[bytes[from - 1]!] === 1) from -= 1;
    while (to < bytes.length && isOfWord[bytes[to]!] === 1) to += 1;
    if (to - from >= shortest && to - from <= longest) found.push(bytes.toString("latin1", from, to));
    at = to + shortest;
  }
  return found;
}

const encoded = /^M[EGH][A-Za-z0-9+/\s\\n]{90,400}={0,2}(?![\w+/-])/;
const mostEncoded = 2 + 400 + 2 + 1;
const letterM = 0x4d;

function encodedIn(bytes: Buffer): string[] {
  const found: string[] = [];
  for (let at = bytes.indexOf(letterM); at >= 0; at = bytes.indexOf(letterM, at + 1)) {
    if (at > 0 && isOfWord[bytes[at - 1]!] === 1) continue;
    const [text] = encoded.exec(bytes.toString("latin1", at, at + mostEncoded)) ?? [];
    if (text !== undefined) found.push(text);
  }
  return found;
}
