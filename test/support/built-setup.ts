import { build } from "./built-server.ts";
import setUpStore from "./store-setup.ts";

/** For tests of the built server on both engines. */
export default async function setUp(): Promise<void> {
  build();
  await setUpStore();
}
