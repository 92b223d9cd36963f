import { type ApplicationTokens, applicationTokens } from "../adapters/identity/application-tokens.ts";
import { folderKeys } from "../adapters/keys/folder.ts";
import { keyVaultKeys } from "../adapters/keys/key-vault.ts";
import { botCredentials } from "../adapters/teams/index.ts";
import type { Platform } from "../composition/parts.ts";
import type { LiveConfig } from "../config.ts";
import type { PulseKeys } from "../features/pulse/ports.ts";

export interface LivePlatform {
  readonly platform: Platform;
  readonly pulseKeys: PulseKeys;
}

/** Microsoft's services in a real tenant, and where the keys to pulse answers are kept. Calls nobody yet. */
export function livePlatform(config: LiveConfig): LivePlatform {
  const { platform, pulseKeys } = liveServices(config);
  return { platform, pulseKeys: pulseKeys() };
}

/** The same for who only looks: a folder for the keys is made, and refused, when the keys are asked for. */
export function liveServices(config: LiveConfig): { readonly platform: Platform; readonly pulseKeys: () => PulseKeys } {
  const { bot, entra, tenantId, graph } = config;
  const tokens = applicationTokens({ proof: entra.proof, loginUrl: `${entra.authority}/${tenantId}` });
  const { proof, ...connector } = bot;
  const graphScope = `${graph.oauthScope}/.default`;
  return {
    platform: {
      ...connector,
      appType: proof.kind === "secret" ? "SingleTenant" : "UserAssignedMSI",
      tenantId,
      credentials: botCredentials(proof, bot.loginUrl),
      entraAuthority: entra.authority,
      audiences: audiencesOf(config),
      graph: { baseUrl: graph.baseUrl, token: async () => (await tokens.getToken(graphScope)).token },
    },
    pulseKeys: () => keysOf(config, tokens),
  };
}

/** The tab's application by its id, and by the addresses that Teams' manifest may give it. */
function audiencesOf({ entra: { clientId }, publicUrl }: LiveConfig): string[] {
  return [clientId, `api://${clientId}`, `api://${new URL(publicUrl).host}/${clientId}`];
}

function keysOf({ pulseKeys }: LiveConfig, credential: ApplicationTokens): PulseKeys {
  if (pulseKeys.kind === "folder") return folderKeys(pulseKeys.path);
  return keyVaultKeys({ vaultUrl: pulseKeys.url, credential });
}
