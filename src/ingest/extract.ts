import type { Category } from '#src/domain/categories.ts';
import { FACT_KEYS, type FactKey, type FactValue } from '#src/domain/facts.ts';
import type { Stage } from '#src/domain/stages.ts';
import { type Candidate, fromFields, fromLine, type Labels } from './extract/candidates.ts';
import { labelsOf } from './extract/labels.ts';
import { RowReader } from './extract/rows.ts';
import { fromSections } from './extract/sections.ts';
import { toFact } from './extract/values.ts';

export { splitParties } from './extract/parties.ts';

/** Facts stand in the first part of a notice; what follows are conditions and lists. */
const LONGEST_LINE = 2_000;
const MOST_LINES = 5_000;

export interface ExtractInput {
  title: string;
  /** Text of the body as `sanitizeBody` makes it: a line for each block, tabs between the cells of a row. */
  text: string;
  html: string;
  category: Category;
  stage: Stage;
  /** Labelled values of the feed itself. They count before those of the text. */
  fields: Record<string, string>;
}

/**
 * Facts told by labels: in the feed's fields, in `标签：值` lines, beside labels and below headers of tables, in the
 * sections of prescribed formats. Words are kept as the source has them; a number, time or area is only given when it
 * is certain. Linear in the length of the text.
 */
export function extractFacts(input: ExtractInput): Partial<Record<FactKey, FactValue>> {
  const labels = labelsOf(input.category, input.stage);
  const fields = group(fromFields(input.fields, labels));
  const body = group(fromText(input.text, labels));
  const facts: Partial<Record<FactKey, FactValue>> = {};
  for (const key of FACT_KEYS) {
    const fact = factOf(key, fields) ?? factOf(key, body);
    if (fact) facts[key] = fact;
  }
  return facts;
}

function factOf(key: FactKey, candidates: ReadonlyMap<FactKey, Candidate[]>): FactValue | undefined {
  const own = candidates.get(key);
  return own && toFact(key, own);
}

function fromText(text: string, labels: Labels): Candidate[] {
  const lines = text.split('\n', MOST_LINES);
  const rows = new RowReader(labels);
  const found: Candidate[] = [];
  for (const [index, line] of lines.entries()) {
    if (line.length > LONGEST_LINE) continue;
    if (line.includes('\t')) {
      const next = lines[index + 1];
      const read = rows.read(line, next?.includes('\t') ? next : undefined);
      found.push(...read);
      if (read.length === 0) for (const cell of line.split('\t')) found.push(...fromLine(cell, labels));
    } else {
      rows.endTable();
      found.push(...fromLine(joinedLabel(line, lines[index + 1]), labels));
    }
  }
  return [...found, ...fromSections(lines, labels)];
}

/** A label on a line of its own belongs to the line below, which then begins with the colon or follows one. */
function joinedLabel(line: string, next: string | undefined): string {
  if (!next || line.length > 30 || next.includes('\t')) return line;
  const isHead = /[:：]$/.test(line) && !/^[^：:]{2,12}[：:]/.test(next);
  return isHead || /^[:：]\s*\S/.test(next) ? line + next : line;
}

function group(candidates: readonly Candidate[]): ReadonlyMap<FactKey, Candidate[]> {
  return Map.groupBy(candidates, ({ key }) => key);
}
