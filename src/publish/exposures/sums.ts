import { parseAmount } from '#src/domain/money/amount-text.ts';
import type { Fen } from '#src/domain/money/money.ts';

const EVERYDAY = '零一二三四五六七八九';
const FORMAL: Readonly<Record<string, string>> = Object.fromEntries(
  [...'一二三四五六七八九十百千'].map((character, at) => [character, [...'壹贰叁肆伍陆柒捌玖拾佰仟'][at] ?? '']),
);
const SUM = `(?:人民币|[¥￥])?\\s*(?:[\\d,，]+(?:\\.\\d+)?\\s*万?元|[${EVERYDAY}十百千万壹贰叁肆伍陆柒捌玖拾佰仟]{1,16}[元圆](?:整|正)?)`;
/** A sum before or behind the word: `罚款3万元`, `处以6万元人民币罚款`, `没收广告费用142393.15元`. */
const sumsOf = (word: string) =>
  new RegExp(`${word}[^\\d元。；;，,]{0,12}?(${SUM})|(${SUM})(?:\\s*人民币)?\\s*(?:整|的)?\\s*(?:行政)?${word}`, 'g');
const FINES = sumsOf('罚款');
const CONFISCATIONS = sumsOf('没收');

/** The fine that a decision imposes in words; undefined when it names none, or sums of which none can be told to be the one. */
export const readFine = (text: string): Fen | undefined => readSum(text, FINES);

/** What a decision confiscates, in words. */
export const readConfiscated = (text: string): Fen | undefined => readSum(text, CONFISCATIONS);

function readSum(text: string, pattern: RegExp): Fen | undefined {
  const plain = text.normalize('NFKC').replace(/\s+/g, ' ');
  const sums = [...plain.matchAll(pattern)].map(([, behind, before]) => toFen(behind ?? before ?? ''));
  const [first] = sums;
  return sums.every((sum) => sum === first) ? first : undefined;
}

function toFen(sum: string): Fen | undefined {
  const formal = sum
    .replace(/人民币|[¥￥\s]/g, '')
    .replace(/[一二三四五六七八九十百千]/g, (character) => FORMAL[character] ?? character);
  const reading = parseAmount(formal);
  return reading && 'fen' in reading ? reading.fen : undefined;
}
