type Child = Node | string | null | false;
type Attribute = string | number | boolean | null | ((event: Event) => void);

/**
 * Makes an element. Attributes that are null or false are left out, true gives an empty one, and functions named
 * "onclick" and the like become listeners. Children that are null or false are left out.
 */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, Attribute>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (value !== null && value !== false) element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.filter((child) => child !== null && child !== false));
  return element;
}

/** The element of the page with this id. Throws a TypeError when the page has none of that kind: the page is broken. */
export function byId<T extends HTMLElement>(id: string, kind: { new (): T; prototype: T }): T {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new TypeError(`The page has no ${kind.name} with the id "${id}".`);
  return found;
}

/** Sets an attribute, or takes it away (null), only when that changes anything, so that observers settle. */
export function setAttribute(element: Element, name: string, value: string | null): void {
  if (element.getAttribute(name) === value) return;
  if (value === null) element.removeAttribute(name);
  else element.setAttribute(name, value);
}
