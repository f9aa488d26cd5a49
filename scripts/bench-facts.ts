import { parseArgs } from 'node:util';
import { extractFacts } from '#src/ingest/extract.ts';
import { sanitizeBody } from '#src/ingest/sanitize.ts';
import { labelledSet } from './bench/facts/labelled-set.ts';
import { precision, recall, Scores, type Tally } from './bench/facts/score.ts';
import { formatNumber } from './bench/figures.ts';

const AIMS = { precision: 0.98, recall: 0.92, perSecond: 500 };
const SPEED_ROUNDS = 5;
/** By how much bodies are lengthened to see how the time grows. */
const GROWTH = 8;

const { values: options } = parseArgs({ options: { misses: { type: 'boolean', default: false } } });
const notices = labelledSet().map((notice) => ({ notice, body: sanitizeBody(notice.html) }));
const scores = new Scores();
for (const { notice, body } of notices) scores.add(notice, extractFacts({ ...notice, ...body }));

const share = (value: number) => value.toFixed(3);
const row = (tally: Tally) => ({ ...tally, precision: share(precision(tally)), recall: share(recall(tally)) });
console.log(`${notices.length} labelled notices`);
console.table(
  Object.fromEntries(
    [...scores.fields]
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([field, { expected, found, right }]) => [field, row({ expected, found, right })]),
  ),
);
if (options.misses) for (const miss of scores.misses) console.log(JSON.stringify(miss));

const perSecond = measureSpeed();
const groups = Object.entries(scores.groups());
console.table(Object.fromEntries(groups.map(([group, tally]) => [group, row(tally)])));
console.log(`${formatNumber(perSecond)} notices/s on one core (aim ${AIMS.perSecond})`);
console.log(`${GROWTH} times the text takes ${measureGrowth().toFixed(1)} times as long`);
const isShort = groups.some(([, tally]) => precision(tally) < AIMS.precision || recall(tally) < AIMS.recall);
if (isShort) console.log(`Below the aims: precision ${AIMS.precision}, recall ${AIMS.recall}.`);
process.exitCode = isShort || perSecond < AIMS.perSecond ? 1 : 0;

/** Notices extracted in a second of processor time. */
function measureSpeed(): number {
  return notices.length / measureSeconds(1);
}

/** How many times as long bodies take that are so many times as long; as many when the time is linear. */
function measureGrowth(): number {
  return measureSeconds(GROWTH) / measureSeconds(1);
}

/** Processor time for all notices with bodies repeated: the best of several rounds, after the first has warmed up. */
function measureSeconds(repeats: number): number {
  const inputs = notices.map(({ notice, body }) => ({ ...notice, html: body.html.repeat(repeats) }));
  const rounds = Array.from({ length: SPEED_ROUNDS }, () => {
    const before = process.cpuUsage();
    for (const input of inputs) extractFacts(input);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1_000_000;
  });
  return Math.min(...rounds);
}
