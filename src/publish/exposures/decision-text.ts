import { fits, looksLikeNumber } from './field-values.ts';
import type { RecordField } from './labels.ts';
import { endOfName } from './party-in-words.ts';
import { readDay } from './values.ts';

type Found = Partial<Record<RecordField, string>>;

const TITLE = /^(?:行政)?(?:处罚|处理)决定书$|^关于.{2,80}的(?:行政)?(?:处罚|处理)决定$/;
const HEAD_LINES = 8;
const FACTS =
  /(?:经查明?|经调查|现查明|违法事实(?:如下)?)\s*[,，:：]\s*(.{6,2000}?)(?=(?:以上|上述)(?:违法)?(?:事实|行为)|$)/;
const BASIS = /(?:依据|根据)\s*(《[^》]{2,60}》.{0,120}?第[^，,；;。]{1,40}?[条款项])/;
const PENALTY = /(?:作出|给予|处以)(?:如下|以下)[^：:。]{0,16}[:：]\s*(.{2,1000})/;

/**
 * What a decision says that stands on a page as it was written (行政处罚决定书): the head names its authority, its number and the
 * party, the end its day. The form is prescribed; what is not where it belongs is not read. Empty for any other text.
 */
export function readDecision(lines: readonly string[]): Found {
  const title = lines.slice(0, HEAD_LINES).findIndex((line) => TITLE.test(line.replace(/\s/g, '')));
  if (title < 0) return {};
  const head = lines.slice(0, HEAD_LINES + title);
  const number = head.findIndex((line, at) => at > title - 3 && looksLikeNumber(line) && line.length <= 40);
  const authority = lines.slice(0, title).findLast((line) => fits('authority', line));
  const found: Found = { ...(authority ? { authority } : {}), ...readEnd(lines, authority) };
  if (number >= 0) found.decisionNo = head[number] ?? '';
  const party = partyAt(lines, Math.max(title, number) + 1);
  if (party) found.partyName = party;
  const body = lines.slice(Math.max(title, number) + 1).join('\n');
  for (const [field, pattern] of [
    ['facts', FACTS],
    ['legalBasis', BASIS],
    ['penaltyContent', PENALTY],
  ] as const) {
    const words = pattern.exec(field === 'penaltyContent' ? body.replace(/\n/g, ' ') : body)?.[1];
    if (words) found[field] = words.trim();
  }
  return found;
}

/** The party stands alone at the head of the first line: `甲公司；法定代表人：…`, `甲公司：`. */
function partyAt(lines: readonly string[], at: number): string | undefined {
  const line = lines[at] ?? '';
  const name = line.split(/[；;，,：:（(\s]/, 1)[0] ?? '';
  const isAlone = name.length < line.length || name.length <= 40;
  return isAlone && endOfName(name) === name.length ? name : undefined;
}

/** The day at the end stands alone, below its authority. */
function readEnd(lines: readonly string[], authority: string | undefined): Found {
  const at = lines.findLastIndex((line) => line.length <= 20 && readDay(line) !== undefined && /日$/.test(line.trim()));
  const signed = lines[at - 1];
  if (at < 2 || !signed || !fits('authority', signed)) return {};
  const day = lines[at] ?? '';
  return authority ? { decisionDate: day } : { decisionDate: day, authority: signed };
}
