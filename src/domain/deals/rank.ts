const DIGITS = '一二三四五六七八九';

/** The place that words give in a ranking: `第一名`, `第一中标候选人`, `中标候选人2单位名称`, `3`; null when they give none. */
export function readRank(text: string | undefined): number | null {
  const plain = (text ?? '').normalize('NFKC');
  const number = /[1-9]/.exec(plain)?.[0];
  if (number) return Number(number);
  const word = /[一二三四五六七八九]/.exec(plain)?.[0];
  return word ? DIGITS.indexOf(word) + 1 : null;
}
