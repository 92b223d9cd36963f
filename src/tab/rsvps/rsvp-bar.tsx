import { Text, tokens } from "@fluentui/react-components";
import type { MeetingResource } from "../../features/meetings/contract.ts";
import { ShareBar } from "../parts/share-bar.tsx";
import { rsvpsInWords } from "./words.ts";

/** Who comes: a bar, and the same in words below it. */
export function RsvpBar({ rsvps }: { readonly rsvps: MeetingResource["rsvps"] }) {
  return (
    <div style={{ display: "grid", gap: tokens.spacingVerticalXS }}>
      <ShareBar
        of={rsvps.invited}
        parts={[
          { name: "yes", count: rsvps.yes, colour: tokens.colorPaletteGreenBackground3 },
          { name: "maybe", count: rsvps.maybe, colour: tokens.colorPaletteYellowBackground3 },
          { name: "no", count: rsvps.no, colour: tokens.colorPaletteRedBackground3 },
        ]}
      />
      <Text size={200}>
        {rsvps.invited} invited: {rsvpsInWords(rsvps)}
      </Text>
    </div>
  );
}
