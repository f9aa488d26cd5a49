import { type FactKey, type FactValue, factDefinition } from '#src/domain/facts/facts.ts';
import { dayOf, isSameMoment, toMoment } from '#src/domain/time/moment.ts';
import type { Candidate } from './candidates.ts';
import { confirm, confirmedBy } from './confidence.ts';
import { isAnyLabel } from './labels.ts';
import { normaliseLabel } from './normalise-label.ts';
import { evidence, MOST_VALUES, placesOf, preferCertain, type Read, readAll, severalTexts, toValue } from './reads.ts';
import { creditCodeFact, partyFact, suppliersFact } from './score-parties.ts';
import { clip, PLACEHOLDER, type Reading, readArea, readInstant, readMoney } from './values.ts';

/** An amount of the whole, from what is said of the whole and of its lots. */
function moneyFact(candidates: readonly Candidate[]): FactValue | undefined {
  const reads = readAll(candidates, readMoney);
  const whole = preferCertain(reads.filter(({ candidate }) => !candidate.isPart));
  const parts = preferCertain(reads.filter(({ candidate }) => candidate.isPart));
  const [first] = whole;
  if (!first) return partsFact(parts);
  const { fen } = first.reading;
  if (whole.some(({ reading }) => reading.fen !== fen)) return severalTexts(whole);
  if (fen !== undefined && !agree(fen, parts)) return severalTexts([...whole, ...parts]);
  const fact = toValue(first);
  return fen !== undefined && parts.length > 1 ? confirm(fact) : confirmedBy(fact, placesOf(whole));
}

/** Do lots fit their total? One lot may be a part of it; several must add up to it, or each repeat it. */
function agree(total: number, parts: readonly Read[]): boolean {
  const amounts = parts.map(({ reading }) => reading.fen);
  if (amounts.includes(undefined) || parts.length === 0) return true;
  const known = amounts as number[];
  if (known.every((amount) => amount === total)) return true;
  if (known.length === 1) return (known[0] ?? 0) < total;
  return known.reduce((sum, amount) => sum + amount, 0) === total;
}

/** One lot's amount is the notice's; those of several lots are not added up. */
function partsFact(parts: readonly Read[]): FactValue | undefined {
  const [first] = parts;
  if (!first) return undefined;
  const fens = new Set(parts.map(({ reading }) => reading.fen));
  const named = new Set(
    parts.flatMap(({ candidate: { part, bidder } }) => [part, bidder].filter(Boolean).join(' ') || []),
  );
  const isOne = parts.length === 1 || (fens.size === 1 && first.reading.fen !== undefined && named.size <= 1);
  return isOne ? toValue(first) : severalTexts(parts);
}

/** Is an amount told of the whole not what its lots add up to? */
function contradictsLots({ fen }: FactValue, candidates: readonly Candidate[]): boolean {
  if (fen === undefined) return false;
  const lots = new Map<string, Candidate>();
  for (const candidate of candidates) {
    const known = candidate.part === undefined ? candidate : lots.get(candidate.part);
    if (candidate.part !== undefined && (!known || candidate.tier < known.tier)) lots.set(candidate.part, candidate);
  }
  const sums = [...lots.values()].map((candidate) => readMoney(candidate)?.fen);
  if (sums.length < 2 || sums.includes(undefined)) return false;
  const known = sums as number[];
  if (known.every((sum) => sum === fen)) return false;
  return known.reduce((sum, lot) => sum + lot, 0) !== fen;
}

/** The fact without its value, for it contradicts others. */
function doubtful({ text, rule, span }: FactValue): FactValue {
  return { text, ...(rule ? { rule } : {}), ...(span ? { span } : {}), doubt: 'several' };
}

/** A remark behind a code that has a label of its own. */
const CODE_REMARK =
  /[（(【](?:[^（）()【】]{0,12}(?:编号|编码|文号|号码)[:：]|招标文件编号|项目编号|如有)[^（）()【】]*.*$/s;
/** Codes of authorities hold a few characters (`京土整储挂(丰)[2020]012号`), names more. */
const MOST_HAN = 16;
const CODE_PART = /^[A-Za-z0-9][A-Za-z0-9\-_/.]*$/;

/** The code at the head of a value; empty when it is none. A code may be parted by blanks between its groups of letters and digits. */
function codeIn(value: string): string {
  const [first = '', ...rest] = (value.replace(CODE_REMARK, '').split(/[，,；;。、\n]/)[0] ?? '').trim().split(/\s+/);
  let code = first;
  for (const part of rest) {
    if (!CODE_PART.test(part) || !/[A-Za-z0-9]$/.test(code)) break;
    code += ` ${part}`;
  }
  const bare = code.replace(/[（(【][^）)】]*$/, '');
  const han = bare.match(/\p{Script=Han}/gu)?.length ?? 0;
  return (/\d/.test(bare) || /^[A-Z]$/i.test(bare)) && bare.length <= 80 && han <= MOST_HAN ? bare : '';
}

const MOST_CANDIDATES = 500;
const PARCEL_FACTS: ReadonlySet<FactKey> = new Set(['parcelNo', 'location', 'landUse', 'grantTerm', 'plotRatio']);
const CODES: ReadonlySet<FactKey> = new Set(['projectCode', 'lotCode', 'contractCode']);
/** Of several lots, none is the notice's own. */
const OWN: ReadonlySet<FactKey> = new Set(['lotCode', 'lotName', 'supplierCode']);

/** A serial number is no code of a project. */
const SERIAL = /^\d{1,4}$/;
/** What is told of each row of a table apart is not told of the notice. */
const IDENTITY: ReadonlySet<FactKey> = new Set(['projectName', 'projectCode']);

/** The fact that the candidates of one key amount to; those of the most specific tier count. Undefined when none holds. */
export function toFact(key: FactKey, candidates: readonly Candidate[]): FactValue | undefined {
  const filled = distinct(candidates.filter(({ value }) => !PLACEHOLDER.test(value)).slice(0, MOST_CANDIDATES));
  const tiers = [...new Set(filled.map(({ tier }) => tier))].sort((a, b) => a - b);
  // The words behind `保证金` are often more than a sum; the sentence in them may be clear.
  let unclear: FactValue | undefined;
  for (const tier of tiers) {
    const fact = scoreFact(
      key,
      filled.filter((candidate) => candidate.tier === tier),
    );
    if (!fact) continue;
    if (contradictsLots(fact, filled)) return doubtful(fact);
    if (fact.precision === 'day') return exactly(key, fact, filled) ?? fact;
    if (unclear && fact.fen === undefined) continue;
    if (key !== 'deposit' || fact.doubt !== 'unreadable') return fact;
    unclear ??= fact;
  }
  return unclear;
}

/** A merged cell that covers several places is one value. */
function distinct(candidates: readonly Candidate[]): Candidate[] {
  const seen = new Set<string>();
  return candidates.filter(({ at, label, value }) => {
    if (at === undefined) return true;
    const place = `${at} ${label} ${value}`;
    if (seen.has(place)) return false;
    seen.add(place);
    return true;
  });
}

/** The moment of the same day that a less specific label tells with its clock; the last minute of a day is no clock. */
function exactly(key: FactKey, fact: FactValue, candidates: readonly Candidate[]): FactValue | undefined {
  const day = toMoment(fact.instant, fact.precision);
  const exact = readAll(candidates, (candidate) => readInstant({ ...candidate, key })).filter(({ reading }) => {
    const moment = toMoment(reading.instant, reading.precision);
    if (!day || !moment || moment.precision === 'day' || dayOf(moment) !== dayOf(day)) return false;
    return !/(?:15:59|16:00):\d\d\.\d{3}Z$/.test(moment.at);
  });
  const [first] = exact;
  return first && exact.every(({ reading }) => reading.instant === first.reading.instant) ? toValue(first) : undefined;
}

function scoreFact(key: FactKey, candidates: readonly Candidate[]): FactValue | undefined {
  if (key === 'buyer' || key === 'agency') return partyFact(candidates);
  if (key === 'supplier') return suppliersFact(candidates);
  if (key === 'supplierCode') return creditCodeFact(candidates);
  switch (factDefinition(key).kind) {
    case 'money':
      return moneyFact(candidates);
    case 'instant':
      return typedFact(candidates, readInstant);
    case 'area':
      return typedFact(candidates, readArea);
    default:
      return textFact(key, candidates);
  }
}

/** The value when all say the same. */
function typedFact(
  candidates: readonly Candidate[],
  read: (entry: Candidate) => Reading | undefined,
): FactValue | undefined {
  const reads = preferExact(preferCertain(readAll(candidates, read)));
  const [first] = reads;
  if (!first) return undefined;
  const same = reads.every(({ reading }) => isSameValue(reading, first.reading));
  return same ? confirmedBy(toValue(first), placesOf(reads)) : severalTexts(reads);
}

function isSameValue(one: Reading, other: Reading): boolean {
  const [moment, otherMoment] = [one, other].map(({ instant, precision }) => toMoment(instant, precision));
  if (moment && otherMoment) return isSameMoment(moment, otherMoment);
  return !moment && !otherMoment && one.squareMetres === other.squareMetres;
}

/** A day said without its clock does not contradict a moment of that day. */
function preferExact(reads: readonly Read[]): Read[] {
  const moments = reads.map(({ reading }) => toMoment(reading.instant, reading.precision));
  const exact = new Set(moments.flatMap((moment) => (moment && moment.precision !== 'day' ? dayOf(moment) : [])));
  return reads.filter((_, index) => {
    const moment = moments[index];
    return !(moment?.precision === 'day' && exact.has(dayOf(moment)));
  });
}

/** The first text; of parcels, which stand in one notice in numbers, all. */
function textFact(key: FactKey, candidates: readonly Candidate[]): FactValue | undefined {
  const isCode = CODES.has(key);
  const texts = candidates
    .map(({ value }) => (isCode ? codeIn(value) : value))
    .map((text) =>
      (key === 'projectCode' && SERIAL.test(text)) || (isCode && isAnyLabel(normaliseLabel(text))) ? '' : text,
    );
  const kept = [...new Set(texts)].filter((text) => text !== '');
  const first = kept[0];
  const source = candidates[texts.indexOf(first ?? '')];
  const areRows = kept.length > 1 && candidates.every(({ rule, isPart }) => rule === 'column' && isPart);
  if (!first || !source || (OWN.has(key) && kept.length > 1) || (IDENTITY.has(key) && areRows)) return undefined;
  const text = clip(PARCEL_FACTS.has(key) ? kept.slice(0, MOST_VALUES).join('；') : first);
  const agreeing = kept.length === 1 ? candidates.filter((_, index) => texts[index] === first) : [];
  return confirmedBy(evidence(source, text, first), agreeing);
}
