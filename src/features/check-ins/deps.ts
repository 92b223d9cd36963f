import type { CardTemplates } from "../../kernel/cards.ts";
import type { Store } from "../../kernel/store.ts";
import type { NetworkId } from "../../kernel/ids.ts";
import type { Clock, LocalDate } from "../../kernel/time.ts";
import type { SettingsStore } from "../settings/ports.ts";
import type { CheckInStores } from "./ports.ts";
import { CheckInSettings } from "./settings.ts";

/** What the use cases of check-ins work with. */
export interface CheckInDeps {
  readonly store: Store<CheckInStores>;
  readonly clock: Clock;
  readonly templates: CardTemplates;
  /** The day of the network's next meeting, before which a round closes; null when none is booked. */
  readonly nextMeeting: (network: NetworkId) => Promise<LocalDate | null>;
}

export const settingsSection = "check-ins";

/** A network's check-in settings; what was never set has its default. */
export async function readSettings(settings: SettingsStore): Promise<CheckInSettings> {
  return CheckInSettings.parse((await settings.get(settingsSection)) ?? {});
}
