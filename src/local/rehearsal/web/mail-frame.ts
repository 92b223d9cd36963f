import { h } from "../../../web/dom.ts";

/** No scripts and no forms; its own origin, so that this page can see how tall the mail is. */
const sandbox = "allow-popups allow-popups-to-escape-sandbox allow-same-origin";

/** Height until the mail has loaded, in pixels. */
const firstHeight = 240;

/** Space for the scroll bar of a mail that is wider than the window, in pixels. */
const scrollBar = 16;

/** The HTML of a mail at the address `src`, as tall as its content. */
export function mailFrame(src: string, title: string): HTMLIFrameElement {
  const frame = h("iframe", { class: "mail-frame", src, title, sandbox });
  frame.style.height = `${firstHeight}px`;
  const fit = () => {
    const root = frame.contentDocument?.documentElement;
    // Nothing has a size behind another view; what is watched grows when the view is opened.
    if (root === undefined || root.clientWidth === 0) return;
    const wide = root.scrollWidth > root.clientWidth ? scrollBar : 0;
    frame.style.height = `${Math.ceil(root.getBoundingClientRect().height) + wide}px`;
  };
  const sizes = new ResizeObserver(fit);
  frame.addEventListener("load", () => {
    const mail = frame.contentDocument;
    if (mail === null) return;
    for (const link of mail.links) {
      link.target = "_blank";
      link.relList.add("noopener", "noreferrer");
    }
    sizes.observe(mail.documentElement);
  });
  return frame;
}
