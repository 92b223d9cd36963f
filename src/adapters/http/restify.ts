import { ServerResponse } from "node:http";
import restify from "restify";

// restify replaces writeHead for every server of the process and, unlike Node's own, returns nothing: a handler that
// goes on with ".end()" would fail after its headers had left.
const { writeHead } = ServerResponse.prototype;
Reflect.set(ServerResponse.prototype, "writeHead", function (this: ServerResponse, ...given: unknown[]) {
  Reflect.apply(writeHead, this, given);
  return this;
});

export { restify };
