/** Hands a file to the browser to save. */
export function saveFile({ name, blob }: { readonly name: string; readonly blob: Blob }): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // Some browsers read the address only after the press has been dealt with.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
