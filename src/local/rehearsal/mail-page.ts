/** What the body of a mail may load: nothing but its own styles and pictures, and only this server's page shows it. */
export const mailPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'";

const newTab = '<base target="_blank">';
const head = /<head(?:\s[^>]*)?>/i;
const html = /<html(?:\s[^>]*)?>/i;
const doctype = /^\s*<!doctype[^>]*>/i;

/**
 * The HTML of a mail as a page of its own, whose links open in a new tab. A mail without a doctype gets one, because
 * pages in quirks mode don't tell how tall they are.
 */
export function mailPage(mail: string): string {
  const page = doctype.test(mail) ? mail : `<!doctype html>${mail}`;
  const place = [head, html, doctype].find((tag) => tag.test(page)) ?? doctype;
  return page.replace(place, (tag) => `${tag}${newTab}`);
}
