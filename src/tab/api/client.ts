import type { z } from "zod";
import { ApiFault, faultOf } from "./problem.ts";
import type { Call, Transport } from "./transport.ts";

/** The server's API. Every answer is parsed; every refusal is an ApiFault. */
export interface Api {
  call<T>(path: string, schema: z.ZodType<T>, call?: Call): Promise<T>;
  /** A file, with the name that the server gives it. */
  file(path: string): Promise<{ readonly name: string; readonly blob: Blob }>;
}

/** Makes the API's client. */
export function createApi(transport: Pick<Transport, "send">): Api {
  const answer = async (path: string, call?: Call) => {
    const response = await transport.send(path, call);
    if (!response.ok) throw await faultOf(response);
    return response;
  };
  return {
    async call(path, schema, call) {
      return schema.parse(await (await answer(path, call)).json());
    },
    async file(path) {
      const response = await answer(path);
      const name = /filename="([^"]+)"/.exec(response.headers.get("content-disposition") ?? "")?.[1];
      if (name === undefined) throw new ApiFault("Steady sent no file. Try again in a minute.", response.status);
      return { name, blob: await response.blob() };
    },
  };
}
