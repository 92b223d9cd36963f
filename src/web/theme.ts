const choices = ["auto", "light", "dark"] as const;
export type Theme = (typeof choices)[number];

const names: Readonly<Record<Theme, string>> = { auto: "Auto", light: "Light", dark: "Dark" };

/** Reads a setting of this browser; null where the browser keeps none. */
export function remembered(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** Keeps a setting in this browser, where that is allowed. */
export function remember(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // A browser that keeps nothing still shows the page.
  }
}

/**
 * Fills a select with the themes and follows it. The colours themselves are tokens in theme.css, which answer to
 * `data-theme` on the root element and otherwise to the device.
 */
export function themePicker(select: HTMLSelectElement, key = "steady.theme"): void {
  const kept = remembered(key);
  const start = choices.find((choice) => choice === kept) ?? "auto";
  select.append(...choices.map((choice) => new Option(names[choice], choice, choice === start, choice === start)));
  const apply = () => {
    document.documentElement.dataset["theme"] = select.value;
    remember(key, select.value);
  };
  select.addEventListener("change", apply);
  apply();
}
