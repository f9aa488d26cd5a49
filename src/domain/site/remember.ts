/** Longer texts seldom come again. */
const LONGEST_REMEMBERED = 40;
const MOST_REMEMBERED = 20_000;

/** The pure function with its results for short texts kept: names and labels repeat from notice to notice. Bounded. */
export function remember<Result>(compute: (text: string) => Result): (text: string) => Result {
  const remembered = new Map<string, Result>();
  return (text) => {
    if (text.length > LONGEST_REMEMBERED) return compute(text);
    const known = remembered.get(text);
    if (known !== undefined) return known;
    if (remembered.size >= MOST_REMEMBERED) remembered.clear();
    const result = compute(text);
    remembered.set(text, result);
    return result;
  };
}
