import MarkdownIt from "markdown-it";

/**
 * The part of Markdown that Teams draws in cards: bold, italic, lists, links and line breaks. Everything else stays as
 * typed, HTML is text, and only http and https addresses become links.
 */
const markdown = new MarkdownIt("zero", { html: false, linkify: false, breaks: true }).enable([
  "emphasis",
  "escape",
  "link",
  "list",
  "newline",
]);

markdown.validateLink = (url) => /^https?:\/\//i.test(url.trim());
markdown.renderer.rules["link_open"] = (tokens, index, options, _env, renderer) => {
  const token = tokens[index];
  token?.attrSet("target", "_blank");
  token?.attrSet("rel", "noopener noreferrer");
  return renderer.renderToken(tokens, index, options);
};

/** Markdown to HTML that is safe to put in the page. */
export function markdownToHtml(text: string): string {
  return markdown.render(text);
}
