import type { SettingsStore } from "../settings/ports.ts";
import { PulseSettings } from "./settings.ts";

export const settingsSection = "pulse";

/** A network's settings for its pulse; what was never set has its default. */
export async function readSettings(settings: SettingsStore): Promise<PulseSettings> {
  return PulseSettings.parse((await settings.get(settingsSection)) ?? {});
}
