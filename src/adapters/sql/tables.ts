import type { CheckInTables } from "./tables/check-ins.ts";
import type { DeliveryTables } from "./tables/deliveries.ts";
import type { InstallTables } from "./tables/installs.ts";
import type { MeetingTables } from "./tables/meetings.ts";
import type { PulseTables } from "./tables/pulse.ts";
import type { RosterTables } from "./tables/roster.ts";
import type { RunningTables } from "./tables/running.ts";

/** The tables of the migrations, with their columns as both engines give them. */
export interface Database
  extends RosterTables, DeliveryTables, CheckInTables, InstallTables, MeetingTables, PulseTables, RunningTables {}
