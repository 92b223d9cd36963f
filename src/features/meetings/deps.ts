import type { SettingsStore } from "../settings/ports.ts";
import type { MeetingDeps } from "./ports.ts";
import { MeetingSettings } from "./settings.ts";

export const settingsSection = "meetings";

/** A network's settings for meetings; what was never set has its default. */
export async function readSettings(settings: SettingsStore): Promise<MeetingSettings> {
  return MeetingSettings.parse((await settings.get(settingsSection)) ?? {});
}

/** The mailbox that owns a network's meetings; null when none is set. */
export function organiserOf(settings: MeetingSettings, deps: Pick<MeetingDeps, "defaultOrganiser">): string | null {
  return settings.organiser ?? deps.defaultOrganiser;
}
