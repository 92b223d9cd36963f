import { z } from "zod";
import { isRefusal, NoToken } from "./client-credentials.ts";

const Code = z.string().regex(/^\w{1,60}$/);

/** What MSAL throws, as far as it is read: OAuth's error, or a code of MSAL's own. */
const Thrown = z.object({ errorCode: Code, status: z.int().optional().catch(undefined) });

/**
 * What a library for signing in has thrown, as a NoToken with the service's status and code at most. The error itself
 * isn't kept: its text and its properties hold what was sent and answered.
 */
export function noTokenFor(error: unknown): NoToken {
  if (error instanceof NoToken) return error;
  const thrown = Thrown.safeParse(error).data;
  if (thrown === undefined) return new NoToken("the sign-in service didn't answer as it should");
  const { errorCode, status } = thrown;
  const why = status === undefined ? errorCode : `${status} ${errorCode}`;
  return new NoToken(why, { isRefusal: isRefusal(errorCode) });
}

/** The same work with a time limit in milliseconds; whatever it throws is a NoToken without the error's own text. */
export async function signingIn<T>(timeoutMs: number, work: () => Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new NoToken("the sign-in service didn't answer in time")), timeoutMs);
  try {
    return await Promise.race([work(), late]);
  } catch (error) {
    throw noTokenFor(error);
  } finally {
    clearTimeout(timer);
  }
}
