import { writeFileSync } from "node:fs";
import { request as ask } from "node:http";
import { createServer } from "node:https";
import { join } from "node:path";
import { type ConnectorStandIn, startConnector } from "../../src/local/connector/index.ts";
import { botConnectorResource, type DirectoryPerson, type EntraStandIn, graphResource, startEntra } from "../../src/local/entra/index.ts";
import { loopbackCertificate } from "../../src/local/graph/certificate.ts";
import { type GraphStandIn, type MailboxGrant, startGraph } from "../../src/local/graph/index.ts";
import { trust } from "../../src/local/graph/trust.ts";

/** The made-up tenant, and the applications that are registered in it. */
export const tenantId = "6d1e7a52-93c4-4f0b-8b7e-2a4c5d6e7f80";
export const botAppId = "1c2d3e4f-5a6b-4c7d-8e9f-0a1b2c3d4e5f";
export const tabAppId = "2d3e4f5a-6b7c-4d8e-9f0a-1b2c3d4e5f6a";
export const teamsAppId = "3e4f5a6b-7c8d-4e9f-8a1b-2c3d4e5f6a7b";
/** With signs that must be escaped wherever they go; nothing that a server says may hold them. */
export const secrets = { bot: "bot-s3cret+&=%/", tab: "graph-s3cret+&=%/" } as const;

export const mailSender = "steady@example.org";
export const organiser = "meetings@example.org";

/** What an admin has allowed Steady: everywhere in Entra, and in some mailboxes in Exchange. */
export interface Grants {
  readonly entra: readonly string[];
  readonly exchange: readonly MailboxGrant[];
}

/** As infra/scripts grant it. */
export const leastGrants: Grants = {
  entra: ["TeamsAppInstallation.ReadWriteSelfForUser.All", "User.Read.All"],
  exchange: [
    { role: "Calendars.ReadWrite", mailboxes: [organiser] },
    { role: "Calendars.Read", mailboxes: [organiser] },
    { role: "Mail.Send", mailboxes: [mailSender] },
  ],
};

export interface LiveStandIns {
  readonly entra: EntraStandIn;
  readonly connector: ConnectorStandIn;
  readonly graph: GraphStandIn;
  /** Where people, Teams and Graph reach the server: TLS, as an ingress has it. */
  readonly publicUrl: string;
  /** What the server's own process needs to know; where it keeps its data isn't part of it. */
  readonly environment: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/**
 * Starts what stands in for a real tenant in this process, all of it over TLS: Entra, Graph, the Bot Connector, and the
 * ingress before a server that listens on `port` in the clear.
 * @param folder where the certificate lies that the server's process is to trust
 */
export async function startLiveStandIns(options: {
  readonly port: number;
  readonly folder: string;
  readonly people: () => Promise<DirectoryPerson[]>;
  /** Mailboxes in Entra alone when left out. */
  readonly grants?: Grants;
  /** Seconds by which Entra's clock is ahead of this machine's; asked each time. */
  readonly entraAhead?: () => number;
}): Promise<LiveStandIns> {
  const { port, folder, people, grants = { entra: ["Mail.Send", "Calendars.ReadWrite"], exchange: [] }, entraAhead = () => 0 } = options;
  const tls = await loopbackCertificate();
  trust(tls.cert);
  const certificate = join(folder, "stand-ins.pem");
  writeFileSync(certificate, tls.cert);
  const ingress = await startIngress(port, tls);
  const apps = [
    { appId: botAppId, secret: secrets.bot, resources: [botConnectorResource] },
    {
      appId: tabAppId,
      secret: secrets.tab,
      resources: [graphResource],
      roles: { [graphResource]: grants.entra },
    },
  ];
  const clock = { now: () => Date.now() + entraAhead() * 1_000 };
  const entra = await startEntra({ tenantId, people, apps, tls, clock });
  const botEndpoint = () => `${ingress.url}/api/messages`;
  const connector = await startConnector({ appId: botAppId, tenantId, entra, botEndpoint, people, tls });
  const graph = await startGraph({ entra, tenantId, people, mailboxes: [mailSender, organiser], grants: grants.exchange });
  return {
    entra,
    connector,
    graph,
    publicUrl: ingress.url,
    environment: {
      STEADY_MODE: "live",
      NODE_ENV: "production",
      HOST: "127.0.0.1",
      PORT: String(port),
      PUBLIC_URL: ingress.url,
      MicrosoftAppType: "SingleTenant",
      MicrosoftAppId: botAppId,
      MicrosoftAppTenantId: tenantId,
      MicrosoftAppPassword: secrets.bot,
      TEAMS_APP_ID: teamsAppId,
      TEAMS_SERVICE_URL: connector.serviceUrl,
      BOT_OPENID_METADATA_URL: connector.openIdMetadataUrl,
      BOT_TOKEN_ISSUER: connector.issuer,
      ENTRA_AUTHORITY: entra.authority,
      ENTRA_CLIENT_ID: tabAppId,
      ENTRA_CLIENT_SECRET: secrets.tab,
      GRAPH_BASE_URL: graph.url,
      MEETING_ORGANISER: organiser,
      MAIL_SENDER: mailSender,
      NODE_EXTRA_CA_CERTS: certificate,
    },
    async close() {
      await graph.close();
      await connector.close();
      await entra.close();
      await ingress.close();
    },
  };
}

/** Ends TLS and hands every request on as it came. */
async function startIngress(port: number, tls: { readonly key: string; readonly cert: string }) {
  const server = createServer(tls, (request, response) => {
    const { method, url: path, headers } = request;
    const onward = ask({ host: "127.0.0.1", port, method, path, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on("error", () => response.destroy());
    request.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address() as { port: number };
  return {
    url: `https://127.0.0.1:${address.port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
