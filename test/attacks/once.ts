/** Works something out once for each thing it is about, however often it is asked for; forgotten with that thing. */
export function once<About extends object, T>(workOut: (about: About) => T): (about: About) => T {
  const known = new WeakMap<About, { readonly is: T }>();
  return (about) => {
    const before = known.get(about);
    if (before !== undefined) return before.is;
    const is = workOut(about);
    known.set(about, { is });
    return is;
  };
}
