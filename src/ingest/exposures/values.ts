import type { Day } from '#src/domain/exposures/period.ts';
import { BLACKLIST_KEYS, BLACKLISTS, type Blacklist, type SubjectType } from '#src/domain/exposures/registry.ts';
import { parseFeedTime } from '#src/domain/feed-time.ts';
import type { Fen } from '#src/domain/money.ts';
import { formatDate, type Instant } from '#src/domain/time.ts';
import { isUscc, normaliseUscc } from '#src/domain/uscc.ts';

const FEN_PER_WAN = 1_000_000;
/** Organisation codes and registration numbers of old records (domain reference §4.1): kept as no code at all. */
const LEGACY_CODE = /^(?:[0-9A-Z]{8}-?[0-9X]|\d{15})$/;

/** The calendar day in Shanghai that a text names; undefined when it names none. */
export function readDay(text: string | undefined): Day | undefined {
  const time = text ? parseFeedTime(text) : undefined;
  return time && formatDate(time.instant);
}

/** The instant that a text names. */
export function readInstant(text: string | undefined): Instant | undefined {
  return text ? parseFeedTime(text)?.instant : undefined;
}

/** Fen of an amount that the standard gives in 万元, as a bare number or with its unit; undefined when it is neither. */
export function readWanYuan(text: string): Fen | undefined {
  const match = /^(\d{1,9}(?:\.\d{1,6})?)(万元|元)?$/.exec(text.normalize('NFKC').replace(/[\s,]/g, ''));
  if (!match) return undefined;
  return Math.round(Number(match[1]) * (match[2] === '元' ? 100 : FEN_PER_WAN));
}

/** A unified social credit code; null when none or only an older kind of code is given, undefined when it is wrong. */
export function readUscc(text: string | undefined): string | null | undefined {
  const code = normaliseUscc(text ?? '');
  if (code === '' || LEGACY_CODE.test(code)) return null;
  return isUscc(code) ? code : undefined;
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
