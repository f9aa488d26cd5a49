import { formatLotSummary } from '../deals/lot-summary.ts';
import { rowsOf } from '../deals/lots-of.ts';
import type { FactDoubt } from '../facts/fact-evidence.ts';
import { formatFactExact, formatFactShort } from '../facts/fact-text.ts';
import { factLabel } from '../facts/fact-words.ts';
import type { EntryKey, FactKey, FactValue } from '../facts/facts.ts';
import { formatAmount } from '../money/money.ts';
import type { NoticeView } from '../site/views.ts';
import { decidingFacts } from './deciding-facts.ts';

type Notice = Pick<NoticeView, 'category' | 'stage' | 'facts' | 'buyer' | 'suppliers' | 'tenderers' | 'lots'>;

/** One of the five facts that a bidder decides by, as it is shown. */
export interface DecidingFact {
  key: FactKey;
  label: string;
  /** Short; the source's own words where no rule could read them. */
  text: string;
  /** What belongs to it: the exact sum, the price beside it. */
  details: string[];
  /** Why it counts nowhere; undefined when it is certain. */
  doubt?: FactDoubt;
}

/** The five facts of a notice that are known, in order, and what those are called that were not found in it. */
export function readDecidingFacts(notice: Notice): { known: DecidingFact[]; missing: string[] } {
  const known: DecidingFact[] = [];
  const missing: string[] = [];
  for (const choice of decidingFacts(notice.category, notice.stage)) {
    const found = [choice].flat().flatMap((key) => readFact(notice, key) ?? []);
    const [first, ...others] = found;
    if (first)
      known.push({ ...first, details: [...first.details, ...others.map(({ label, text }) => `${label} ${text}`)] });
    else missing.push(factLabel([choice].flat()[0] as FactKey, notice.category, notice.stage));
  }
  return { known, missing };
}

function readFact(notice: Notice, key: FactKey): DecidingFact | undefined {
  const { category, stage, facts } = notice;
  const label = factLabel(key, category, stage);
  const party = partyText(notice, key);
  if (party) return { key, label, text: party, details: [] };
  const value = facts[key];
  // Several sums of one notice are those of its lots, where it lists them.
  const ofLots = value?.doubt === 'several' ? fromRows(notice, key, label) : undefined;
  if (ofLots) return ofLots;
  if (value?.entries) return { key, label, text: `${value.entries.length} 项`, details: [], ...doubtOf(value) };
  if (value) return { key, label, text: textOf(value), details: exactly(key, value), ...doubtOf(value) };
  return fromRows(notice, key, label);
}

const doubtOf = ({ doubt }: FactValue) => (doubt ? { doubt } : {});
/** The words alone: that they are doubtful is shown beside them. */
const textOf = (value: FactValue) => (value.doubt ? value.text : formatFactShort(value));

/** The exact value where the short one is rounded. */
function exactly(key: FactKey, value: FactValue): string[] {
  const exact = value.doubt ? undefined : formatFactExact(key, value);
  return exact && exact !== formatFactShort(value) ? [exact] : [];
}

/** Parties come from the notice's own columns, those of several lots in short. */
function partyText({ buyer, suppliers, tenderers, lots }: Notice, key: FactKey): string | undefined {
  if (key === 'buyer') return buyer ?? undefined;
  if (key === 'candidates' && lots.first) return formatLotSummary(lots);
  if (key !== 'supplier') return undefined;
  if (lots.lots > 1 && lots.first) return formatLotSummary(lots);
  const named = [...suppliers, ...tenderers];
  const names = named.slice(0, 3).join('、');
  return named.length > 3 ? `${names}等 ${named.length} 家` : names || undefined;
}

/** What the rows of lots or parcels say where the notice as a whole does not: one value, or how far they range. */
function fromRows(notice: Notice, key: FactKey, label: string): DecidingFact | undefined {
  const rows = [...rowsOf(notice, 'lots'), ...rowsOf(notice, 'parcels')];
  const values = rows.flatMap((row) => row[key as EntryKey] ?? []);
  const [first] = values;
  if (!first) return undefined;
  const texts = new Set(values.map(textOf));
  if (texts.size === 1) return { key, label, text: textOf(first), details: [], ...doubtOf(first) };
  const sums = values.flatMap(({ fen }) => fen ?? []).sort((a, b) => a - b);
  const [least, most] = [sums[0], sums.at(-1)];
  const text =
    least !== undefined && most !== undefined && sums.length === values.length
      ? `${formatAmount(least)}—${formatAmount(most)}`
      : `${textOf(first)} 等`;
  return { key, label, text, details: [`共 ${values.length} ${notice.lots.word}，见下表`] };
}
