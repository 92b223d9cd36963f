import { build } from "./built-server.ts";

/** For tests of the built product: makes sure that there is one, and that it is of these sources. */
export default function setUp(): void {
  build();
}
