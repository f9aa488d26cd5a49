import { parseArgs } from 'node:util';
import { extractFacts } from '#src/ingest/extract.ts';
import { sanitizeBody } from '#src/ingest/sanitize.ts';
import { labelledSet } from './bench/facts/labelled-set.ts';
import { precision, recall, Scores, type Tally } from './bench/facts/score.ts';
import { formatNumber } from './bench/figures.ts';

const AIMS = { precision: 0.98, recall: 0.92, perSecond: 500 };
const SPEED_ROUNDS = 5;

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
const isShort = groups.some(([, tally]) => precision(tally) < AIMS.precision || recall(tally) < AIMS.recall);
if (isShort) console.log(`Below the aims: precision ${AIMS.precision}, recall ${AIMS.recall}.`);
process.exitCode = isShort || perSecond < AIMS.perSecond ? 1 : 0;

/** Notices extracted in a second of processor time: the best of several rounds, after the first has warmed up. */
function measureSpeed(): number {
  const rounds = Array.from({ length: SPEED_ROUNDS }, () => {
    const before = process.cpuUsage();
    for (const { notice, body } of notices) extractFacts({ ...notice, ...body });
    const { user, system } = process.cpuUsage(before);
    return notices.length / ((user + system) / 1_000_000);
  });
  return Math.max(...rounds);
}
