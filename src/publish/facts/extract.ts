import type { Category } from '#src/domain/categories.ts';
import { FACT_KEYS, type FactKey, type Facts } from '#src/domain/facts/facts.ts';
import type { Stage } from '#src/domain/stages.ts';
import { type Candidate, candidatesOf } from './candidates.ts';
import { type Collected, collect } from './collect.ts';
import { withConfidence } from './confidence.ts';
import { checkTogether, withDoubts } from './cross-check.ts';
import { type Block, readHtml } from './document.ts';
import { restoreTables } from './flattened.ts';
import { toFact } from './judge.ts';
import { type Labels, labelsOf } from './labels.ts';
import { joinBroken } from './lines.ts';
import { toList } from './lists.ts';
import { cutHeading, cutRuns } from './runs.ts';
import { keepWinners } from './winners.ts';

export { splitParties } from './parties.ts';

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
  const { candidates, entries } = readBody(input.html, labels);
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

/** Labels and headers of a body that look like such and that nothing knows. */
export function unknownLabels({ html, category, stage }: Omit<ExtractInput, 'fields'>): string[] {
  return readBody(html, labelsOf(category, stage)).unknown;
}

function own(key: FactKey, candidates: ReadonlyMap<FactKey, Candidate[]>) {
  const found = candidates.get(key);
  return found && toFact(key, found);
}

/** Values of a feed's own labelled fields. */
function fromFields(fields: Readonly<Record<string, string>>, labels: Labels): Candidate[] {
  return Object.entries(fields).flatMap(([label, text]) => candidatesOf(label, { text }, labels, 'field'));
}

function readBody(html: string, labels: Labels): Collected {
  return collect(restoreTables(mendLines(readHtml(html), labels), labels), labels);
}

/** Blocks with broken lines joined and lines that hold several items cut. */
export function mendLines(blocks: readonly Block[], labels: Labels): Block[] {
  const mended: Block[] = [];
  let run: Block[] = [];
  const endRun = () => {
    const lines = run.flatMap((block) => (block.kind === 'line' ? [{ text: block.text, at: block.at }] : []));
    for (const line of joinBroken(lines, labels).flatMap(cutRuns).flatMap(cutHeading))
      mended.push({ kind: 'line', ...line });
    run = [];
  };
  for (const block of blocks) {
    if (block.kind === 'line') run.push(block);
    else {
      endRun();
      mended.push(block);
    }
  }
  endRun();
  return mended;
}

function group(candidates: readonly Candidate[]): ReadonlyMap<FactKey, Candidate[]> {
  return Map.groupBy(candidates, ({ key }) => key);
}
