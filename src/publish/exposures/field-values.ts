import { looksPersonal } from '#src/domain/exposures/personal-name.ts';
import { readPenaltyTypes } from '#src/domain/exposures/registry.ts';
import type { RecordField } from './labels.ts';
import { readDay } from './values.ts';

const ORGANIZATION =
  /(?:公司|集团|厂|店|部|中心|院|校|大学|学院|中学|小学|园|社|事务所|所|站|行|会|局|委|办|处|队|馆|场|户|商行|矿|港|库)(?:[（(][^（）()]*[）)])?$/;
const AUTHORITY =
  /(?:局|委员会|厅|部|机关|政府|法院|总?队|支队|大队|所|站|中心|办公室|办|处|委|署|院|分局|管委会|机构|分行)(?:[（(][^（）()]*[）)])?$/;
const ARTICLE = /^(?:违反了?|依据|根据)?《[^》]{2,60}》.{0,80}?第.{1,12}条/;
const SENTENCE = /[。；;]|涉嫌/;

/** Does a text look like the number of a document: with a year in brackets, or 号 behind digits, or nothing but a code? */
export function looksLikeNumber(text: string): boolean {
  const plain = text.normalize('NFKC').replace(/\s/g, '');
  if (plain.length > 80 || !/\d/.test(plain) || SENTENCE.test(plain) || /公司$/.test(plain)) return false;
  return (
    /[[(〔【﹝]\d{4}[\])〕】﹞]|\d+号(?:之[一二三四五六\d]+)?$|字第?.{0,6}\d/.test(plain) ||
    /^[\dA-Z][\dA-Z-]{5,}$/i.test(plain)
  );
}

/** Does a text look like the name of somebody: an organization, or a person? */
export function looksLikeParty(text: string): boolean {
  const plain = text.replace(/\s/g, '');
  if (plain.length > 100 || isPenalty(plain) || /[。；;]|\d{4}年/.test(plain)) return false;
  return ORGANIZATION.test(plain) || looksPersonal(plain) || /(?:公司|集团|厂|店|中心)/.test(plain);
}

/** Is the text nothing but an article of a law? Then it says nothing about what was done. */
export function isArticle(text: string): boolean {
  return ARTICLE.test(text.trim());
}

/** Is the text nothing but a kind of penalty? */
export function isPenalty(text: string): boolean {
  return text.length <= 12 && !readPenaltyTypes(text).includes('other');
}

/** Could the value stand in the field? Undefined where its form tells nothing. */
export function fits(field: RecordField, value: string): boolean | undefined {
  if (value === '') return undefined;
  switch (field) {
    case 'decisionNo':
      return looksLikeNumber(value);
    case 'partyName':
      return looksLikeParty(value) && !looksLikeNumber(value);
    case 'authority':
      return AUTHORITY.test(value.trim()) && !looksLikeNumber(value);
    case 'decisionDate':
    case 'validUntil':
    case 'deadline':
    case 'revokedOn':
    case 'repairedOn':
      return readDay(value) !== undefined;
    case 'uscc':
      return /^[\dA-Z-]{8,20}$/i.test(value.replace(/\s/g, ''));
    case 'fine':
    case 'confiscated':
      return /^[\d.,，]+\s*(?:万?元)?$/.test(value.trim());
    case 'penaltyType':
      return /[\p{Script=Han}]/u.test(value) && !looksLikeNumber(value) && readDay(value) === undefined;
    case 'violation':
    case 'facts':
    case 'penaltyContent':
    case 'legalBasis':
      return /\p{Script=Han}{2}/u.test(value) && !looksLikeNumber(value) && readDay(value) === undefined;
    default:
      return undefined;
  }
}
