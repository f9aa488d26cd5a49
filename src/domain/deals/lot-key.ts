import { readNumber } from '../time/moment-text/numerals.ts';

const ROMAN: Record<string, number> = { I: 1, II: 2, III: 3, IV: 4, V: 5, VI: 6, VII: 7, VIII: 8, IX: 9, X: 10 };
const FILLER = /第|标段|标包|分包|合同|采购|宗地|地块|标的|编号|包组|包|标|组|号|[\s\p{P}]/gu;
/** Nested codes of electronic tendering: a tender project's code of at least seventeen characters, and three digits for the lot. */
const NESTED = /^[A-Z]?\d{17,25}$/;

/**
 * One key for all ways in which the notices of a project write a lot: `第1包`, `包一`, `1标段`, `01` → `1`; `A包` → `A`; Ⅱ → `2`. A
 * nested code of electronic tendering (国家电子招标投标 编码规则: project, tender project, lot) is its lot's number. Codes and names
 * that are neither stay what they are.
 */
export function lotKey(text: string): string {
  const plain = text.normalize('NFKC').toUpperCase().trim();
  if (NESTED.test(plain)) return String(Number(plain.slice(-3)));
  const core = plain.replace(FILLER, '');
  const number = readNumber(core);
  if (core.length > 0 && core.length <= 3 && !Number.isNaN(number)) return String(number);
  if (/^\d{1,3}$/.test(core)) return String(Number(core));
  const roman = ROMAN[core];
  if (roman !== undefined) return String(roman);
  const lettered = /^P0*(\d{1,3})$/.exec(core);
  if (lettered?.[1]) return lettered[1];
  return /^[A-Z]\d{0,2}$/.test(core) ? core : plain.replace(/\s|号?(?:地块|宗地)$|号$/g, '');
}
