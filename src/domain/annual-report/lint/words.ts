import { pinyin } from 'pinyin-pro';
import type { LintFinding, Rule } from './finding.ts';

/** `《…通知》（济政办发〔2020〕31号）`: a document with its number. */
const DOCUMENT = /《([^《》]{4,80})》（([^（）〔〕]{2,20})〔(\d{4})〕(\d+)号）/g;

/** The same document under two numbers. Titles are the same when one holds the other: the issuing office may stand before it. */
export const documentNumbers: Rule = ({ words }) => {
  const documents = [...words.matchAll(DOCUMENT)].map(([, title = '', office, year, serial]) => {
    return { title: title.replace(/^[^于]{2,24}(?=关于)/, ''), number: `${office}〔${year}〕${serial}号` };
  });
  return documents.flatMap((document, at): LintFinding[] => {
    const other = documents
      .slice(0, at)
      .find((one) => isSame(one.title, document.title) && one.number !== document.number);
    if (!other) return [];
    return [
      {
        ...{ rule: 'documentNumber', quotes: [other.number, document.number] },
        message: `《${document.title}》前后文号不一致`,
      },
    ];
  });
};

const isSame = (one: string, other: string): boolean =>
  one === other || (other.length > 8 && one.endsWith(other)) || (one.length > 8 && other.endsWith(one));

/** `提案2两件`: a number in figures and again in characters. */
export const doubledNumerals: Rule = ({ words }) =>
  [...words.matchAll(/[^\d.〔(（第]{2}\d+[一二两三四五六七八九十]+(?:余)?[件条份项家起次个人宗处]/g)].map(
    ([quote]) => ({
      ...{ rule: 'doubledNumeral', quotes: [quote] },
      message: '数字后面又写了一遍中文数字',
    }),
  );

/** Characters of a window, of which one in its inside may differ. */
const WINDOW = 8;
/** Pairs that sound alike and may both be right. */
const ACCEPTED = new Set([
  '作做',
  '他它',
  '它她',
  '他她',
  '制治',
  '订定',
  '利力',
  '的地',
  '地的',
  '和合',
  '以已',
  '其期',
  '该改',
  '市是',
  '市事',
  '事是',
  '及即',
]);

/**
 * A phrase that stands twice, once with a character that sounds the same (`中心政府信息公开` and `中新政府信息公开`): what is typed by
 * sound goes wrong like that. Told once for each character.
 */
export const homophones: Rule = ({ words }) => {
  const seen = new Map<string, Map<string, string>>();
  for (const [run] of words.matchAll(new RegExp(`\\p{Script=Han}{${WINDOW},}`, 'gu')))
    for (let at = 0; at + WINDOW <= run.length; at++) addWindow(seen, run.slice(at, at + WINDOW));
  const told = new Map<string, LintFinding>();
  for (const variants of seen.values()) {
    if (variants.size < 2) continue;
    const [[one, first] = ['', ''], [other, second] = ['', '']] = [...variants];
    if (!soundAlike(one, other)) continue;
    const key = [one, other].sort().join('');
    if (!told.has(key))
      told.set(key, {
        rule: 'homophone',
        quotes: [first, second],
        message: `“${one}”与“${other}”读音相同，其中一处可能写错`,
      });
  }
  return [...told.values()];
};

function addWindow(seen: Map<string, Map<string, string>>, window: string): void {
  for (let hole = 1; hole < WINDOW - 1; hole++) {
    const key = `${window.slice(0, hole)}□${window.slice(hole + 1)}`;
    const variants = seen.get(key) ?? new Map<string, string>();
    seen.set(key, variants.set(window.charAt(hole), window));
  }
}

function soundAlike(one: string, other: string): boolean {
  if (ACCEPTED.has(one + other) || ACCEPTED.has(other + one)) return false;
  return pinyin(one) === pinyin(other);
}
