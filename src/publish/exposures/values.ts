import type { Day } from '#src/domain/exposures/period.ts';
import { BLACKLIST_KEYS, BLACKLISTS, type Blacklist, type SubjectType } from '#src/domain/exposures/registry.ts';
import { isIdCardNumber } from '#src/domain/identifiers/id-card.ts';
import { isUscc, normaliseUscc } from '#src/domain/identifiers/uscc.ts';
import type { Fen } from '#src/domain/money/money.ts';
import { parseFeedTime } from '#src/domain/time/feed-time.ts';
import { dayOf } from '#src/domain/time/moment.ts';
import { type MomentUse, readMoment } from '#src/domain/time/moment-text/read.ts';
import { formatDate, type Instant } from '#src/domain/time/time.ts';

const FEN_PER_WAN = 1_000_000;
/** Organisation codes and registration numbers of old records (GB 11714-1997, and what GB 32100-2015 replaced): kept as no code at all. */
const LEGACY_CODE = /^(?:[0-9A-Z]{8}-?[0-9X]|\d{15})$/;

/** The calendar day in Shanghai that a text names, or with which a range ends or begins; undefined when it names none. */
export function readDay(text: string | undefined, use: MomentUse = 'only'): Day | undefined {
  if (!text) return undefined;
  const time = parseFeedTime(text);
  if (time) return formatDate(time.instant);
  const written = readMoment(text, use);
  return written && 'moment' in written ? dayOf(written.moment) : undefined;
}

/** The instant that a text names. */
export function readInstant(text: string | undefined): Instant | undefined {
  return text ? parseFeedTime(text)?.instant : undefined;
}

/** Fen of an amount with its unit; undefined when it is none, or says no unit. */
export function readYuan(text: string): Fen | undefined {
  const match = /^(\d{1,9}(?:\.\d{1,6})?)(万元|元)$/.exec(text.normalize('NFKC').replace(/[\s,]/g, ''));
  if (!match) return undefined;
  return Math.round(Number(match[1]) * (match[2] === '元' ? 100 : FEN_PER_WAN));
}

/** A unified social credit code; null when none or only an older kind of code is given, undefined when it is wrong. */
export function readUscc(text: string | undefined): string | null | undefined {
  const code = normaliseUscc(text ?? '');
  if (isUscc(code)) return code;
  // A column may be for codes or for identity numbers: these are never read.
  return code === '' || LEGACY_CODE.test(code) || isIdCardNumber(code) ? null : undefined;
}

const SUBJECT_WORDS: readonly [SubjectType, RegExp][] = [
  ['expert', /专家|评委/],
  ['agency', /代理/],
  ['procuringEntity', /招标人|采购人|采购单位|出让人|转让方/],
  ['supplier', /投标人|供应商|竞买人|受让方|中标人/],
  ['individual', /自然人|责任人|负责人/],
];

/** The kind of subject that a feed's word names. */
export function readSubjectType(text: string | undefined): SubjectType | undefined {
  return SUBJECT_WORDS.find(([, words]) => words.test(text ?? ''))?.[0];
}

/** The list that a name means. */
export function readBlacklist(text: string | undefined): Blacklist | undefined {
  return BLACKLIST_KEYS.find((key) => text?.includes(BLACKLISTS[key].label));
}
