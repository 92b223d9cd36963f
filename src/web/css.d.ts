/** Style sheets are the bundler's business; importing one gives nothing. */
declare module "*.css";

/** The text of a style sheet. */
declare module "*.css?inline" {
  const text: string;
  export default text;
}
