import { app, authentication, FrameContexts, pages } from "@microsoft/teams-js";
import { type Host, SignInFault, type TabSetUp, type Theme } from "./host.ts";

/** How long Teams may take to say who it is, and to find a token: it may have to ask for consent first. Milliseconds. */
const limits = { start: 10_000, token: 60_000 } as const;

const noAnswer = "Teams doesn't answer here. Open Steady in Teams: in the bar on its left, or under Apps.";
const noToken = "Teams didn't sign you in to Steady. Reload this tab; if that doesn't help, ask your IT team to allow Steady.";

/** A page as links name it, such as "check-ins/team/018f…": anybody can make a link, so nothing else is taken. */
const pageName = /^[\w-]{1,80}(?:\/[\w-]{1,80}){0,3}$/;

const named = (page: string | null | undefined): string | null => (typeof page === "string" && pageName.test(page) ? page : null);

/**
 * Teams as the program around the tab, which has this address. Loading this module loads teams-js, which asks a CDN for a list of hosts: so it
 * is loaded inside Teams only. Throws a SignInFault when Teams doesn't answer in time, or nobody is there to answer.
 */
export async function teamsHost(address: URL): Promise<Host> {
  const context = await inTime(start(), limits.start, noAnswer);
  const listeners: ((theme: Theme) => void)[] = [];
  let theme = themeOf(context.app.theme);
  app.registerOnThemeChangeHandler((name) => {
    theme = themeOf(name);
    for (const listener of listeners) listener(theme);
  });
  // Takes away the loading picture of Teams, so that what goes wrong from here on is told in our own words.
  app.notifyAppLoaded();
  return {
    kind: "teams",
    get theme() {
      return theme;
    },
    page: named(context.page.subPageId),
    opensWith: pageOf(address),
    setUp: app.getFrameContext() === FrameContexts.settings && pages.config.isSupported() ? tabSetUp(address) : null,
    onTheme(listener) {
      listeners.push(listener);
    },
    token: () => inTime(authentication.getAuthToken(), limits.token, noToken),
    open(url) {
      app.openLink(url).catch(() => window.open(url, "_blank", "noopener,noreferrer"));
    },
    share: pages.isSupported() ? (page, label) => pages.shareDeepLink({ subPageId: page, subPageLabel: label }) : null,
    ready() {
      app.notifySuccess().catch(() => undefined);
    },
  };
}

/** The page that the address of a tab of a channel or chat names. */
const pageOf = (address: URL) => named(address.searchParams.get("page"));

/** Teams' dialog around this page, in which somebody adds or changes a tab; Teams owns its Save button. */
function tabSetUp(address: URL): TabSetUp {
  return {
    async opensSoFar() {
      const { contentUrl } = await pages.getConfig();
      return URL.canParse(contentUrl) ? pageOf(new URL(contentUrl)) : null;
    },
    choose(page, title) {
      const contentUrl = new URL(address.pathname, address.origin);
      contentUrl.search = new URLSearchParams({ in: "teams", page }).toString();
      pages.config.registerOnSaveHandler((saving) => {
        // Links to a page of a channel's tab name the tab by its entity, so each page's tab has one of its own.
        const tab = { contentUrl: contentUrl.href, entityId: `steady-${page}`, suggestedDisplayName: `Steady: ${title}` };
        pages.config.setConfig(tab).then(
          () => saving.notifySuccess(),
          () => saving.notifyFailure("Teams didn't keep the tab. Try again; if that doesn't help, ask your IT team to allow tabs of Steady."),
        );
      });
      pages.config.setValidityState(true);
    },
  };
}

async function start(): Promise<app.Context> {
  await app.initialize();
  return app.getContext();
}

function themeOf(name: string): Theme {
  if (name === "contrast") return "contrast";
  return name === "dark" || name === "glass" ? "dark" : "light";
}

/** What was promised, or a SignInFault with these words when it is refused or takes longer than `ms` milliseconds. */
async function inTime<T>(promised: Promise<T>, ms: number, words: string): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new SignInFault(words)), ms);
  });
  try {
    return await Promise.race([promised, late]);
  } catch (cause) {
    throw new SignInFault(words, { cause });
  } finally {
    clearTimeout(timer);
  }
}
