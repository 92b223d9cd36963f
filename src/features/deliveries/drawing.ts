import { Fault } from "../../kernel/errors.ts";
import type { DeliveryId, NetworkId } from "../../kernel/ids.ts";
import type { Logger } from "../../kernel/logger.ts";
import type { Delivery } from "./model.ts";
import type { CardSource, Drawn, DrawnCards } from "./ports.ts";

/**
 * The cards of deliveries, each by the source of its purpose; one without an entry isn't needed any more. A card that
 * can't be drawn is logged and holds up no other.
 * @param moment "send" for cards about to go out, "refresh" for those that are there already
 */
export async function drawAll(
  deps: { readonly sources: readonly CardSource[]; readonly logger: Logger },
  network: NetworkId,
  deliveries: readonly Delivery[],
  moment: "send" | "refresh",
): Promise<DrawnCards> {
  const drawn = new Map<DeliveryId, Drawn>();
  for (const source of deps.sources) {
    const ofSource = deliveries.filter((delivery) => delivery.purpose === source.purpose);
    if (ofSource.length === 0) continue;
    const together = await source.render(network, ofSource, moment).catch(() => null);
    if (together !== null) {
      for (const [id, content] of together) drawn.set(id, content);
      continue;
    }
    for (const delivery of ofSource) {
      try {
        const content = (await source.render(network, [delivery], moment)).get(delivery.id);
        if (content !== undefined) drawn.set(delivery.id, content);
      } catch (error) {
        deps.logger.error({ network, delivery: delivery.id, err: error }, "a card couldn't be drawn");
        drawn.set(delivery.id, { kind: "undrawable", isForGood: error instanceof Fault });
      }
    }
  }
  return drawn;
}
