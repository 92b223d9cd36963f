import type { RetentionDeps } from "../features/retention/ports.ts";
import { RetentionSettings, settingsSection } from "../features/retention/settings.ts";
import { forgetWhatIsDue } from "../features/retention/use-cases.ts";
import type { NetworkId } from "../kernel/ids.ts";

/** Puts retention together: its settings, and what runs every night. */
export function composeRetention(deps: RetentionDeps) {
  return {
    section: { name: settingsSection, schema: RetentionSettings },
    forget: (network: NetworkId) => forgetWhatIsDue(deps, network),
  };
}
