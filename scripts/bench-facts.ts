import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { exposurePart } from './bench/facts/exposure-part.ts';
import { generatedPart } from './bench/facts/generated-part.ts';
import type { Part, PartResult } from './bench/facts/part.ts';
import { realPart } from './bench/facts/real-part.ts';
import { precision, recall, type Tally } from './bench/facts/score.ts';

/** One line for each group of things that are scored. */
const PARTS: Record<string, Part> = { generated: generatedPart, real: realPart, exposures: exposurePart };

const { values: options } = parseArgs({
  options: {
    real: { type: 'string', default: join(import.meta.dirname, '../../shared/feeds/real') },
    only: { type: 'string' },
    json: { type: 'boolean', default: false },
    misses: { type: 'boolean', default: false },
  },
});

const results = Object.entries(PARTS).flatMap(([name, part]) => {
  const isWanted = options.only === undefined || options.only.split(',').includes(name);
  const result = isWanted ? part({ real: options.real }) : undefined;
  return result ? [[name, result] as const] : [];
});
if (options.json)
  console.log(JSON.stringify(Object.fromEntries(results.map(([name, result]) => [name, totals(result)]))));
else for (const [, result] of results) print(result);
process.exitCode = results.some(([, { below }]) => below.length > 0) ? 1 : 0;

function totals({ tables, below, notes, wrong }: PartResult) {
  return { tables, wrong: wrong.length, below, notes };
}

function print({ title, tables, wrong, missed, below, notes }: PartResult): void {
  console.log(`\n${title}`);
  for (const [name, rows] of Object.entries(tables)) {
    console.log(`by ${name}`);
    console.table(Object.fromEntries(Object.entries(rows).map(([row, tally]) => [row, withShares(tally)])));
  }
  if (wrong.length > 0) console.log('Read without a doubt, and wrong:');
  for (const entry of wrong) console.log(JSON.stringify(entry));
  if (options.misses) {
    console.log('Not read:');
    for (const entry of missed) console.log(JSON.stringify(entry));
  }
  for (const note of notes) console.log(note);
  if (below.length > 0) console.log(`Below the aims: ${below.join('; ')}`);
}

function withShares({ expected, found, right }: Tally) {
  const share = (value: number) => value.toFixed(3);
  const tally = { expected, found, right };
  return { ...tally, precision: share(precision(tally)), recall: share(recall(tally)) };
}
