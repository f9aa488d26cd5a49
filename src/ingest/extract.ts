import type { Category } from '#src/domain/categories.ts';
import { FACT_KEYS, type FactKey, type Facts } from '#src/domain/facts.ts';
import type { Stage } from '#src/domain/stages.ts';
import { type Candidate, candidatesOf } from './extract/candidates.ts';
import { withConfidence } from './extract/confidence.ts';
import { checkTogether, withDoubts } from './extract/cross-check.ts';
import { type Block, type Line, readHtml } from './extract/document.ts';
import type { RawEntry } from './extract/entries.ts';
import { restoreTables } from './extract/flattened.ts';
import { toFact } from './extract/judge.ts';
import { type Labels, labelsOf } from './extract/labels.ts';
import { joinBroken, readLines } from './extract/lines.ts';
import { toList } from './extract/lists.ts';
import { readHeadedLabels, readSections } from './extract/sections.ts';
import { readSentences } from './extract/sentences.ts';
import { readTable, type TableReading } from './extract/tables.ts';
import { keepWinners } from './extract/winners.ts';

export { splitParties } from './extract/parties.ts';

export interface ExtractInput {
  /** HTML of the body as `sanitizeBody` makes it. */
  html: string;
  category: Category;
  stage: Stage;
  /** Labelled values of the feed itself. They count before those of the text. */
  fields: Record<string, string>;
}

/**
 * Facts told by labels: in the feed's fields, in `标签：值` lines, beside labels and below headers of tables, in the
 * sections of prescribed formats, in set phrases. Words are kept as the source has them; a number, time or area is only
 * given when it is certain. Linear in the length of the text.
 */
export function extractFacts(input: ExtractInput): Facts {
  const labels = labelsOf(input.category, input.stage);
  const blocks = restoreTables(readHtml(input.html), labels);
  const { candidates, entries } = readBody(blocks, labels);
  const fields = group(fromFields(input.fields, labels));
  const body = group(keepWinners(candidates, entries, labels));
  const facts: Facts = {};
  const list = toList(entries, labels);
  for (const key of FACT_KEYS) {
    if (list?.[0] === key) facts[key] = list[1];
    const fact = withDoubts(own(key, fields), own(key, body));
    if (fact) facts[key] = fact;
  }
  return Object.fromEntries(Object.entries(checkTogether(facts)).map(([key, fact]) => [key, withConfidence(fact)]));
}

function own(key: FactKey, candidates: ReadonlyMap<FactKey, Candidate[]>) {
  const found = candidates.get(key);
  return found && toFact(key, found);
}

/** Values of a feed's own labelled fields. */
function fromFields(fields: Readonly<Record<string, string>>, labels: Labels): Candidate[] {
  return Object.entries(fields).flatMap(([label, text]) => candidatesOf(label, { text }, labels, 'field'));
}

interface Reading {
  candidates: Candidate[];
  entries: RawEntry[];
}

function readBody(blocks: readonly Block[], labels: Labels): Reading {
  const tables: TableReading[] = [];
  const lines: Line[][] = [];
  let unit: string | undefined;
  for (const block of blocks) {
    if (block.kind === 'line') {
      lines.push([block]);
      unit = unitIn(block.text);
      continue;
    }
    const read = readTable(block, labels, unit);
    tables.push(read);
    lines.push(read.lines);
    unit = undefined;
  }
  return joinReadings(tables, joinBroken(lines.flat(), labels), labels);
}

function joinReadings(tables: readonly TableReading[], lines: readonly Line[], labels: Labels): Reading {
  const labelled = readLines(lines, labels);
  const candidates = [
    tables.flatMap((table) => table.candidates),
    labelled.candidates,
    readSections(lines, labels),
    readHeadedLabels(lines, labels),
    readSentences(lines, labels),
  ];
  return { candidates: candidates.flat(), entries: [...tables.flatMap(({ entries }) => entries), ...labelled.entries] };
}

/** The unit that a line above a table states for its amounts: `单位：万元`. */
function unitIn(text: string): string | undefined {
  return text.length > 80 ? undefined : /单位\s*[:：]\s*(?:人民币)?\s*([万亿]?元)\s*[）)]?\s*$/.exec(text)?.[1];
}

function group(candidates: readonly Candidate[]): ReadonlyMap<FactKey, Candidate[]> {
  return Map.groupBy(candidates, ({ key }) => key);
}
