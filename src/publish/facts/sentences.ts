import { isGrant } from '#src/domain/categories.ts';
import type { EntryKey, FactKey } from '#src/domain/facts/facts.ts';
import { listsBidders } from '#src/domain/stages.ts';
import { type Candidate, pieceFrom } from './candidates.ts';
import type { Line } from './document.ts';
import { addValue, type EntryValue, type RawEntry } from './entries.ts';
import type { Labels } from './labels.ts';
import { isOrganization } from './parties.ts';
import {
  AGENT,
  CANDIDATES,
  ORGANIZER,
  SELLER,
  SELLER_HEADING,
  SENTENCE_RULES,
  SIGNATURE_DATE,
} from './vocabulary/sentences.ts';

/** Behind values of sections. */
const SENTENCE_TIER = 95;
/** Behind everything that is said in words. */
const SIGNATURE_TIER = 110;
const LONGEST_LINE = 3_000;
const LEAD_LINES = 6;

/** Facts that running text states in set phrases, and who signed. */
export function readSentences(lines: readonly Line[], labels: Labels): Candidate[] {
  return [...readRules(lines, labels), ...readPublisher(lines, labels)];
}

function readRules(lines: readonly Line[], labels: Labels): Candidate[] {
  const isSale = labels.keys.has('dealPrice');
  const isLand = isGrant(labels.category);
  const rules = SENTENCE_RULES.filter(({ key }) => labels.keys.has(key) && !(isSale && key === 'awardAmount'));
  return lines.flatMap((line, index) => {
    if (line.text.length < 8) return [];
    return portions(line, lines[index + 1]).flatMap((part) =>
      rules.flatMap(({ key, pattern, tier }) => {
        const match = pattern.exec(part.text);
        const valid = match && CHANGEABLE.has(key) ? afterChange(part, pattern, match.index) : undefined;
        if (valid) return [found(key, SENTENCE_TIER + tier, part, valid.at, valid.text)];
        // Land is sold by the office that a government commissions.
        if (isLand && key === 'buyer' && /政府$/.test(match?.[1] ?? '')) return [];
        return match?.[1]
          ? [found(key, SENTENCE_TIER + tier, part, match.index + match[0].indexOf(match[1]), match[1])]
          : [];
      }),
    );
  });
}

const CHANGEABLE: ReadonlySet<FactKey> = new Set(['deadline', 'opening', 'budget', 'ceilingPrice', 'awardAmount']);
const CHANGED = /(?:更改|变更|更正|修改|调整|延期|推迟|顺延|改)(?:为|至|到)\s*[:：“"']?/g;

/** Of a sentence that tells what was and what is, the time that is valid: in the same words behind the change, or right behind it. */
function afterChange(line: Line, pattern: RegExp, from: number): { text: string; at: number } | undefined {
  const change = [...line.text.matchAll(CHANGED)].at(-1);
  if (!change || change.index < from) return undefined;
  const start = change.index + change[0].length;
  const rest = line.text.slice(start);
  const again = pattern.exec(rest);
  if (again?.[1]) return { text: again[1], at: start + again.index + again[0].indexOf(again[1]) };
  const moment = /^\s*((?:19|20)\d{2}[^，,。；;”"]{4,40})/.exec(rest)?.[1];
  return moment ? { text: moment, at: start + rest.indexOf(moment) } : undefined;
}

/** A line in portions that rules look at; sources break the invitation's sentence into lines. */
function portions(line: Line, next: Line | undefined): Line[] {
  const isBroken = line.text.length < 120 && /并于\s*(?:\d{4}[^，。]{0,30})?$/.test(line.text);
  const whole = isBroken && next ? { text: line.text + next.text, at: line.at } : line;
  const count = Math.ceil(whole.text.length / LONGEST_LINE);
  return Array.from({ length: Math.min(count, 20) }, (_, index) => {
    const piece = pieceFrom(whole, index * LONGEST_LINE, (index + 1) * LONGEST_LINE);
    return { text: piece.text, at: piece.at ?? whole.at };
  });
}

function found(key: FactKey, tier: number, line: Line, from: number, value: string): Candidate {
  const { at } = pieceFrom(line, from);
  return { key, tier, label: '', value: value.trim(), rule: 'sentence', ...(at === undefined ? {} : { at }) };
}

/** Who published: the seller named in the lead or heading of an offer, and the signature above the date at the end. */
function readPublisher(lines: readonly Line[], labels: Labels): Candidate[] {
  const candidates: Candidate[] = [];
  const isSale = isGrant(labels.category);
  for (const line of isSale ? lines.slice(0, LEAD_LINES) : []) {
    for (const [pattern, tier] of [
      [SELLER, 0],
      [SELLER_HEADING, 1],
    ] as const) {
      const match = line.text.length <= 400 ? pattern.exec(line.text) : null;
      if (match?.[1] && isOrganization(match[1]))
        candidates.push(
          found('buyer', SENTENCE_TIER + 5 + tier, line, match.index + match[0].indexOf(match[1]), match[1]),
        );
    }
  }
  for (const line of lines.slice(0, LEAD_LINES)) {
    const match = line.text.length <= 600 ? ORGANIZER.exec(line.text) : null;
    if (match?.[1] && isOrganization(match[1]))
      candidates.push(
        found(AGENT.test(match[1]) ? 'agency' : 'buyer', SENTENCE_TIER + 4, line, match[0].indexOf(match[1]), match[1]),
      );
  }
  const signature = signatureOf(lines);
  if (!signature) return candidates;
  const key = AGENT.test(signature.text) ? 'agency' : 'buyer';
  if (labels.keys.has(key)) candidates.push(found(key, SIGNATURE_TIER, signature, 0, signature.text));
  return candidates;
}

/** The last line that is a name with a date below it, or before it in the same line. */
function signatureOf(lines: readonly Line[]): Line | undefined {
  for (let index = lines.length - 1; index > 0; index -= 1) {
    const line = lines[index];
    if (!line || !SIGNATURE_DATE.test(line.text.replace(/\s/g, ''))) continue;
    const above = lines[index - 1];
    return above && isOrganization(above.text.trim()) ? above : undefined;
  }
  return undefined;
}

/** Candidates that sentences name with their rank and bid. Those that labels told already (`known`) get the bid that they lack. */
export function candidatesInSentences(lines: readonly Line[], labels: Labels, known: readonly RawEntry[]): RawEntry[] {
  if (!listsBidders(labels.stage)) return [];
  const places = new Map(known.map((entry) => [entry.values.get('supplier')?.at, entry]));
  return lines.flatMap((line) => {
    if (line.text.length > LONGEST_LINE || !/候选|第[一二三四五]名/.test(line.text)) return [];
    return CANDIDATES.flatMap(({ pattern, rank, name, money }) =>
      [...line.text.matchAll(pattern)].flatMap((match) => {
        const piece = (group: number) => {
          const text = match[group] ?? '';
          return { ...pieceFrom(line, match.index + match[0].indexOf(text)), text };
        };
        const supplier = { ...piece(name), label: '中标候选人' };
        const price = { ...piece(money), label: '投标报价' };
        const told = places.get(supplier.at);
        if (told) {
          addValue(told, 'awardAmount', { ...price, tier: SENTENCE_TIER });
          return [];
        }
        const values = new Map<EntryKey, EntryValue>([
          ['rank', { ...piece(rank), label: '排名' }],
          ['supplier', supplier],
          ['awardAmount', price],
        ]);
        return [{ values, rule: 'line' as const }];
      }),
    );
  });
}
