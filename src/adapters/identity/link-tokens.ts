import { errors, jwtVerify, SignJWT } from "jose";
import { z } from "zod";
import type { LinkTokens } from "../../features/links/ports.ts";
import { asId, type DeliveryId, type LinkId, type NetworkId } from "../../kernel/ids.ts";

const algorithm = "HS256";
/** Names what these tokens are for, so that none of another kind passes for one. */
const audience = "respond";

const Claims = z.object({
  net: z.uuid().transform((text) => asId<NetworkId>(text)),
  jti: z.uuid().transform((text) => asId<LinkId>(text)),
  card: z.uuid().transform((text) => asId<DeliveryId>(text)).nullish().transform((card) => card ?? null),
});

/**
 * Tokens of links: JSON Web Tokens with a signature of our own key. When a link ends stands in the store and not in the
 * token, because a link can end early; so the same claims give the same token.
 */
export function linkTokens(key: () => Promise<Uint8Array>): LinkTokens {
  return {
    async sign({ network, link, card }) {
      return new SignJWT({ net: network, jti: link, aud: audience, ...(card === null ? {} : { card }) })
        .setProtectedHeader({ alg: algorithm })
        .sign(await key());
    },
    async read(token) {
      try {
        const { payload } = await jwtVerify(token, await key(), { algorithms: [algorithm], audience });
        const claims = Claims.safeParse(payload);
        if (!claims.success) return null;
        const { net: network, jti: link, card } = claims.data;
        return { network, link, card };
      } catch (error) {
        if (error instanceof errors.JOSEError) return null;
        throw error;
      }
    },
  };
}
