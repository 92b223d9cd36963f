/**
 * Says things to people who use a screen reader. `region` is an aria-live element that is in the page from the start:
 * regions that appear together with their text are often not read.
 */
export function createAnnouncer(region: HTMLElement): (text: string) => void {
  let again = false;
  return (text) => {
    again = !again;
    // The same words twice are only read again when the text differs, hence the no-break space.
    region.textContent = again ? text : `${text}\u00a0`;
  };
}
