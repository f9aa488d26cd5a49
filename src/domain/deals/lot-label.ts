import type { Category } from '../categories.ts';

/** What the parts of a deal are counted by in each category. */
const COUNTED_BY: Record<Category, string> = {
  construction: '标段',
  procurement: '包',
  land: '宗',
  mining: '宗',
  property: '项',
  medical: '包',
  general: '包',
};
const WORDS = /标段|标项|标包|分包|分标|包/;
/** Longer names are shortened: they stand beside other things. */
const LONGEST = 24;

/** What the lots of a deal are counted by: as their own names have it, else as the category does. */
export function lotWord(names: readonly (string | null)[], category: Category): string {
  const own = names.map((name) => WORDS.exec(name ?? '')?.[0]).find(Boolean);
  return own ?? COUNTED_BY[category];
}

/** How a lot is called in a line of text: `第1包` for `1`, `A包` for `A`, its own name else; empty where it has none. */
export function lotLabel(name: string | null, word: string): string {
  const plain = (name ?? '').normalize('NFKC').trim();
  if (/^\d{1,3}$/.test(plain)) return `第${Number(plain)}${word}`;
  if (/^[A-Z]\d{0,2}$/.test(plain)) return `${plain}${word}`;
  return plain.length > LONGEST ? `${plain.slice(0, LONGEST - 1)}…` : plain;
}
