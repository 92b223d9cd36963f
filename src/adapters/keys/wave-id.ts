import { Fault } from "../../kernel/errors.ts";
import type { WaveId } from "../../kernel/ids.ts";

/** The wave's id, once it is sure that it holds nothing that means more in a path or an address. */
export function checkedId(wave: WaveId): WaveId {
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(wave)) return wave;
  throw new Fault("keys-unavailable", "A key was asked for by something that isn't the id of a wave.");
}
