import { parseAmount } from '#src/domain/amount-text.ts';
import { type FactKey, type FactValue, factDefinition } from '#src/domain/facts.ts';
import { parseFeedTime } from '#src/domain/feed-time.ts';
import { parseArea } from './area.ts';
import type { Candidate } from './candidates.ts';
import { cleanParty, splitParties } from './parties.ts';

const LONGEST_TEXT = 300;
const MOST_VALUES = 10;
const MOST_CANDIDATES = 500;
const PLACEHOLDER = /^(?:无|暂无|未提供|详见.{0,30}|见.{0,20}附件.{0,10}|面议|[-/—*\s]+|null|undefined)$/i;
const MOMENT =
  /(?:19|20)\d{2}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}(?!\d)\s*日?(?:\s*[（(](?:北京时间|星期.|周.)[）)])?(?:\s*T?\s*(?:上午|下午|中午)?\s*\d{1,2}\s*[:：时点]\s*(?:\d{1,2}\s*(?:[:：分]\s*(?:\d{1,2}\s*秒?)?)?)?)?/g;
const BARE_NUMBER = /^[\d.,，\s]+$/;
const PARCEL_FACTS: ReadonlySet<FactKey> = new Set(['parcelNo', 'location', 'landUse', 'grantTerm', 'plotRatio']);
/** `由…变更为…`: what stands behind is valid. */
const CHANGED = /(?:变更|更正|调整|修改|延期|推迟|顺延|改)(?:为|至|到)\s*[:：]?(.*)$/s;
const PARTIES: ReadonlySet<FactKey> = new Set(['buyer', 'agency', 'supplier']);

/** The fact that the candidates of one key amount to; those with the most specific label count. Undefined when none holds. */
export function toFact(key: FactKey, candidates: readonly Candidate[]): FactValue | undefined {
  const filled = candidates.filter(({ value }) => !PLACEHOLDER.test(value)).slice(0, MOST_CANDIDATES);
  const best = Math.min(...filled.map(({ rank }) => rank));
  const chosen = filled.filter(({ rank }) => rank === best);
  const totals = chosen.filter(({ isTotal }) => isTotal);
  const counted =
    totals.length > 0 && factDefinition(key).kind === 'money' ? totals : chosen.filter(({ isTotal }) => !isTotal);
  if (counted.length === 0) return undefined;
  if (PARTIES.has(key)) return partyFact(key, counted);
  switch (factDefinition(key).kind) {
    case 'money':
      return statedTotal(counted) ?? typedFact(counted, readMoney);
    case 'instant':
      return typedFact(counted, readInstant);
    case 'area':
      return typedFact(counted, readArea);
    default:
      return textFact(key, counted);
  }
}

/** One value when all say the same; else every text and no value: which of them counts is not ours to guess. */
function typedFact(
  candidates: readonly Candidate[],
  read: (entry: Candidate) => FactValue | undefined,
): FactValue | undefined {
  const facts = candidates.flatMap((entry) => read(entry) ?? []);
  const [first] = facts;
  if (!first) return undefined;
  const same = facts.every(
    ({ fen, instant, squareMetres }) =>
      fen === first.fen && instant === first.instant && squareMetres === first.squareMetres,
  );
  if (same) return first;
  return { text: clip([...new Set(facts.map(({ text }) => text))].slice(0, MOST_VALUES).join('；')) };
}

/** A labelled amount that the rows of a table add up to: the amount of the whole. */
function statedTotal(candidates: readonly Candidate[]): FactValue | undefined {
  const read = (parts: boolean) => candidates.filter(({ isPart }) => Boolean(isPart) === parts).map(readMoney);
  const [whole, ...others] = read(false);
  const parts = read(true);
  if (whole?.fen === undefined || parts.length < 2 || others.some((other) => other?.fen !== whole.fen))
    return undefined;
  return parts.reduce((sum, part) => sum + (part?.fen ?? Number.NaN), 0) === whole.fen ? whole : undefined;
}

function readMoney({ value, label }: Candidate): FactValue | undefined {
  const reading = parseAmount(value, label);
  if (!reading) return undefined;
  const unit = /[（(]\s*(?:人民币)?\s*((?:百|千)?[万亿]?元)\s*[）)]/.exec(label)?.[1];
  const text = clip(unit && BARE_NUMBER.test(value) ? `${value} ${unit}` : value);
  return 'fen' in reading ? { text, fen: reading.fen } : { text };
}

function readInstant({ value }: Candidate): FactValue | undefined {
  const changed = CHANGED.exec(value)?.[1];
  const moments = (changed ?? value).match(MOMENT) ?? [];
  const instants = moments.map((moment) => parseFeedTime(moment.replace(/：/g, ':').trim())?.instant);
  const text = clip(value);
  const [instant] = instants;
  if (!instant) return /\d/.test(value) ? { text } : undefined;
  return instants.every((other) => other === instant) ? { text, instant } : { text };
}

function readArea({ value, label }: Candidate): FactValue | undefined {
  if (!/\d/.test(value)) return undefined;
  const squareMetres = parseArea(value, label);
  const unit = /[（(]\s*(平方米|㎡|公顷|亩|平方公里)\s*[）)]/.exec(label)?.[1];
  const text = clip(unit && BARE_NUMBER.test(value) ? `${value} ${unit}` : value);
  return squareMetres === undefined ? { text } : { text, squareMetres };
}

function partyFact(key: FactKey, candidates: readonly Candidate[]): FactValue | undefined {
  const names = candidates.flatMap(({ value }) =>
    key === 'supplier' ? splitParties(value) : (cleanParty(value) ?? []),
  );
  const distinct = [...new Set(names)];
  const kept = key === 'supplier' ? distinct.slice(0, MOST_VALUES) : distinct.slice(0, 1);
  return kept.length > 0 ? { text: clip(kept.join('、')) } : undefined;
}

/** The first text; of parcels, which stand in one notice in numbers, all; of several lots, none is the notice's own. */
function textFact(key: FactKey, candidates: readonly Candidate[]): FactValue | undefined {
  const isCode = key === 'projectCode' || key === 'lotCode' || key === 'contractCode';
  const texts = candidates.map(({ value }) => (isCode ? (value.split(/[\s，；;。]/)[0] ?? '') : value));
  const distinct = [...new Set(texts)].filter((text) => !isCode || (/[\dA-Z]/i.test(text) && text.length <= 80));
  const [first] = distinct;
  if (!first || (key === 'lotCode' && distinct.length > 1)) return undefined;
  return { text: clip(PARCEL_FACTS.has(key) ? distinct.slice(0, MOST_VALUES).join('；') : first) };
}

function clip(text: string): string {
  const tidy = text.replace(/\s+/g, ' ').trim();
  return tidy.length > LONGEST_TEXT ? `${tidy.slice(0, LONGEST_TEXT)}…` : tidy;
}
