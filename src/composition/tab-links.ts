import type { TabLink } from "../kernel/tab-link.ts";

/** The personal tab's id in the app's manifest. */
const entity = "steady";

/**
 * Links to the tab's pages. In Teams they open the app in place (Microsoft Learn, "Deep link to an application":
 * https://teams.microsoft.com/l/entity/<app>/<tab>?context=…), so there are none while the app's id in the catalogue
 * isn't known; in local mode they lead to this server's own tab.
 */
export function tabLinks(
  place: { readonly in: "teams"; readonly appId: string | null } | { readonly in: "browser"; readonly publicUrl: () => string },
): TabLink {
  if (place.in === "browser") return (page) => `${place.publicUrl()}/tab/#/${page}`;
  const { appId } = place;
  if (appId === null) return () => null;
  return (page) => {
    const context = encodeURIComponent(JSON.stringify({ subEntityId: page }));
    return `https://teams.microsoft.com/l/entity/${encodeURIComponent(appId)}/${entity}?context=${context}`;
  };
}
