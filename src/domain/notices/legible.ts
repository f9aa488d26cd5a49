/**
 * Characters that show nothing, or only change how others show: directions and their isolates, joiners, fillers, tags,
 * variation selectors, soft hyphens, the byte order mark (Default_Ignorable_Code_Point of Unicode), separators of lines,
 * annotations, and the blank of Braille.
 */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\u2028\u2029\uFFF9-\uFFFB\u2800]/u;
const ALL = new RegExp(INVISIBLE.source, 'gu');
/** Those that belong to the character before them: forms of ideographs and emoji, joiners of scripts that are written joined. */
const MEANT = new RegExp(
  [
    String.raw`(?<=\p{Script=Han})[\u{E0100}-\u{E01EF}]`,
    String.raw`(?<=\p{Extended_Pictographic})[\uFE0E\uFE0F]`,
    String.raw`(?<=\p{Extended_Pictographic}\uFE0F?)\u200D(?=\p{Extended_Pictographic})`,
    String.raw`(?<=[\p{L}&&[\p{Script=Arabic}\p{Script=Mongolian}]])[\u200C\u200D\u180B-\u180D\u180F]`,
  ].join('|'),
  'gv',
);

/**
 * A text without characters that nobody sees: with them one title looks like another, reads in another order than it is stored in,
 * or is not found. Those stay without which the character before would be another.
 */
export function withoutInvisible(text: string): string {
  if (!INVISIBLE.test(text)) return text;
  const meant = new Set([...text.matchAll(MEANT)].map(({ index }) => index));
  return text.replace(ALL, (character, index: number) => (meant.has(index) ? character : ''));
}

/** One line that shows all that it holds: without invisible and control characters, every run of blanks one blank. */
export function legibleLine(text: string): string {
  return withoutInvisible(text)
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}
