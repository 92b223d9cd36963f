import { z } from "zod";
import { ask, type Asked } from "../asking.ts";
import { failed, fine, type Verdict } from "../model.ts";
import type { Surroundings } from "../surroundings.ts";

const Up = z.object({ status: z.literal("up") });
const isUp = (asked: Asked) => asked.answered && asked.status === 200 && Up.safeParse(asked.body).success;

/** Whether the bot answers at its public address, as far as this machine can see, and lets nobody in without a token. */
export async function checkEndpoint({ config, publicUrl, ownUrl, tenantId }: Surroundings): Promise<Verdict> {
  const health = await ask(`${publicUrl}/healthz`);
  if (!isUp(health)) {
    if (config.mode === "local") return judgeAbsence(publicUrl, health, "local");
    return judgeAbsence(publicUrl, health, isUp(await ask(`${ownUrl}/healthz`)) ? "runs-here" : "live");
  }
  const knock = await ask(`${publicUrl}/api/messages`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(activityOf(tenantId)),
  });
  return judgeKnock(publicUrl, knock, config.mode);
}

/** An activity with nothing wrong but that nobody has signed it. */
function activityOf(tenantId: string): object {
  return {
    type: "event",
    name: "steady.doctor",
    channelId: "msteams",
    serviceUrl: "https://smba.trafficmanager.net/teams/",
    from: { id: "doctor" },
    conversation: { id: "doctor", tenantId },
    channelData: { tenant: { id: tenantId } },
  };
}

/** What to make of an address where no Steady answers. */
export function judgeAbsence(url: string, asked: Asked, place: "local" | "live" | "runs-here"): Verdict {
  const what = asked.answered
    ? `Something answers ${url}/healthz (${asked.status}), and it isn't Steady.`
    : `${url}/healthz doesn't answer (${asked.why}).`;
  switch (place) {
    case "local":
      return failed(
        what,
        asked.answered ? "Set PORT to another one, for the server and for doctor." : 'Start the server: "npm start".',
      );
    case "live":
      return failed(what, "Start the server, and see that PUBLIC_URL, its DNS name and its certificate lead to it.");
    case "runs-here":
      return failed(
        `${what} The server on this machine is up.`,
        "See to what is between: PUBLIC_URL, its DNS name, its certificate, the ingress, a firewall.",
      );
  }
}

/** What to make of the answer to an activity without a token. */
export function judgeKnock(url: string, asked: Asked, mode: "local" | "live"): Verdict {
  const path = `${url}/api/messages`;
  if (!asked.answered) return failed(`${path} doesn't answer (${asked.why}).`, "Let POST requests through to the server.");
  const { status } = asked;
  if (status === 401) {
    const limit = mode === "live" ? " Whether Microsoft's side reaches it can't be seen from here." : "";
    return fine(`The bot answers at ${url}, and refuses what has no token.${limit}`);
  }
  if (status === 403) {
    return failed(
      `${path} refuses this tenant or this address (403).`,
      "See that MicrosoftAppTenantId and PUBLIC_URL are the same for the server and for doctor.",
    );
  }
  if (status === 503) {
    return failed(
      `${path} can't check tokens at the moment (503).`,
      "Let the server reach BOT_OPENID_METADATA_URL (login.botframework.com).",
    );
  }
  return failed(
    `${path} answers ${status} to a request without a token, where 401 is right.`,
    "See that nothing stands between that answers by itself, and that the messaging endpoint is Steady's.",
  );
}
