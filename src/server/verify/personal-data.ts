import { sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineSelect } from '#db/query.ts';
import { noticeTexts, noticeVersions } from '#db/schema/index.ts';
import { named } from '#db/sql-pieces.ts';
import { listFactTexts } from '#src/domain/facts/given-facts.ts';
import type { NoticeContent } from '#src/domain/notices/notice-content.ts';
import { n } from '../notices/conditions.ts';
import type { Check } from './check.ts';

/**
 * Finds numbers of persons in public text by what the standards say of them, apart from the rules that mask them: what those
 * overlook is seen here. Narrower than they are, so that every finding is one.
 */

/** Values of the characters of GB 32100: digits and letters without I, O, S, V, Z. */
const CODE_VALUES = new Map([...'0123456789ABCDEFGHJKLMNPQRTUWXY'].map((character, value) => [character, value]));
/** GB/T 2260: the first digit is a part of the country. 83 is given to residents of Taiwan. */
const PROVINCE = /^(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])/;
/** Younger people have numbers too, but without a label codes that hold a recent day look the same. */
const YOUNGEST_UNLABELLED = 14;
const IDENTITY_LABEL = /(?:身份证|证件号|身份号|信用代码|机构代码|税号|识别号)[^0-9A-Za-z\n]{0,6}$/;
const RUN = /\d(?:[ -]?\d){16,40}(?:[ -]?[Xx](?![0-9A-Za-z]))?/g;
const TELEPHONE = /(?:电话|手机|联系方式|Tel)([^\dA-Za-z\n]{0,8})1[3-9]\d(?:[ -]?\d{4}){2}(?!\d)/g;
const CODE_WORD = /编号|编码|代码|单号|账号|卡号/;
const BLOCK_TAG =
  /<\/?(?:p|div|td|th|tr|table|tbody|thead|tfoot|caption|li|ul|ol|dl|dt|dd|h\d|br|hr|pre|blockquote)\b[^>]*>/g;

/** Identity numbers and telephone numbers of persons in a text or in HTML of ours, as they stand there without separators. */
export function listPersonalNumbers(source: string): string[] {
  const text = source
    .replace(BLOCK_TAG, '\n')
    .replace(/<\/?[a-z][^>]*>/g, '')
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '');
  const telephones = [...text.matchAll(TELEPHONE)].filter(([, between = '']) => !CODE_WORD.test(between));
  return [...listIdentityNumbers(text), ...telephones.map(([number]) => number)];
}

function listIdentityNumbers(text: string): string[] {
  const found: string[] = [];
  for (const { 0: run, index } of text.matchAll(RUN)) {
    const before = text.slice(Math.max(0, index - 24), index);
    const isLabelled = IDENTITY_LABEL.test(before);
    const isGlued = /[A-Za-z]$/.test(before) || /^[A-Za-z_]/.test(text.slice(index + run.length));
    if (isGlued) continue;
    const digits = run.replace(/[ -]/g, '');
    for (const number of new Set([digits.slice(0, 18), digits.slice(-18)])) {
      if (isIdentityNumber(number, isLabelled) && !isCreditCode(number)) found.push(number);
    }
  }
  return found;
}

/** GB 11643: an address code, a birth day, a serial, and the check character of ISO 7064 MOD 11-2. */
function isIdentityNumber(text: string, isLabelled: boolean): boolean {
  if (!PROVINCE.test(text)) return false;
  const birth = Date.parse(`${text.slice(6, 10)}-${text.slice(10, 12)}-${text.slice(12, 14)}T00:00:00Z`);
  const day = Number.isNaN(birth) ? '' : new Date(birth).toISOString().slice(0, 10).replaceAll('-', '');
  const latest = new Date().getUTCFullYear() - (isLabelled ? 0 : YOUNGEST_UNLABELLED);
  const year = Number(text.slice(6, 10));
  if (day !== text.slice(6, 14) || year < 1900 || year > latest) return false;
  const body = [...text.slice(0, 17)].reduce((rest, digit) => ((rest + Number(digit)) * 2) % 11, 0);
  return (body + (/\d/.test(text.charAt(17)) ? Number(text.charAt(17)) : 10)) % 11 === 1;
}

/** Cities with a nineteenth and twentieth district: elsewhere a century of birth is no end of a division. */
const MUNICIPALITY = /^(?:11|12|31|50)01/;

/** GB 32100: the characters weighted by powers of three, together with the check character, are a multiple of 31. */
function isCreditCode(text: string): boolean {
  if (!/^[1-9AN-Y][1-9]/.test(text) || !MUNICIPALITY.test(text.slice(2))) return false;
  let weight = 1;
  let sum = 0;
  for (const character of text.slice(0, 17).toUpperCase()) {
    sum += (CODE_VALUES.get(character) ?? 0) * weight;
    weight = (weight * 3) % 31;
  }
  return (sum + (CODE_VALUES.get(text.charAt(17).toUpperCase()) ?? 0)) % 31 === 0;
}

/** Counts personal data in a text by the rules that mask it. They belong to ingest, which this layer does not import. */
export type PersonalDataDetector = (text: string) => number;

// Of facts only their words: amounts in fen can look like mobile numbers.
const FACT_WORDS = sql`(SELECT group_concat(atom, char(10)) FROM json_tree(${n.facts}) WHERE key = 'text')`;
const PUBLIC_TEXT = defineSelect((p: Params<{ after: string }>) => ({
  fields: {
    id: n.id,
    text: sql<string>`${n.title} || char(10) || ${noticeTexts.body} || char(10) || coalesce(${FACT_WORDS}, '')`,
  },
  rest: sql`FROM ${named(n)} JOIN ${noticeTexts} ON ${noticeTexts.noticeId} = ${n.id}
    WHERE ${n.id} > ${p.after} ORDER BY ${n.id} LIMIT 500`,
}));

const { noticeId, version, content } = noticeVersions;
const VERSIONS = defineSelect(() => ({
  fields: { id: noticeId, version, content },
  rest: sql`FROM ${noticeVersions} ORDER BY ${noticeId}, ${version}`,
}));

/** Numbers of persons in a text, by the rules that mask them and by the standards alone. */
export function countPersonalData(text: string, detect: PersonalDataDetector): number {
  return Math.max(detect(text), listPersonalNumbers(text).length);
}

/** No identity-card, mobile or bank-card number stands in anything that is public, or in any version. */
export function personalDataCheck(detect: PersonalDataDetector): Check {
  return {
    key: 'personal-data',
    title: '公开文本和各个版本中没有未遮盖的个人信息',
    *find(db) {
      yield* findInPublicTexts(db, detect);
      yield* findInVersions(db, detect);
    },
  };
}

function* findInPublicTexts(db: Db, detect: PersonalDataDetector): Generator<string> {
  let last = '';
  for (;;) {
    const rows = PUBLIC_TEXT.all(db, { after: last });
    for (const { id, text } of rows) {
      const found = countPersonalData(text, detect);
      if (found > 0) yield `${id} 有 ${found} 处`;
    }
    const end = rows.at(-1);
    if (!end) return;
    last = end.id;
  }
}

function* findInVersions(db: Db, detect: PersonalDataDetector): Generator<string> {
  for (const row of VERSIONS.iterate(db)) {
    const { title, bodyHtml, fields = {}, facts = {}, attachments } = JSON.parse(row.content) as NoticeContent;
    const named = [...Object.entries(fields).flat(), ...listFactTexts(facts), ...attachments.map(({ name }) => name)];
    const words = [title, bodyHtml, ...named];
    const found = words.reduce((sum, text) => sum + countPersonalData(text, detect), 0);
    if (found > 0) yield `${row.id} v${row.version} 有 ${found} 处`;
  }
}
