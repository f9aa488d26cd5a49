import { extractFacts } from '#src/publish/facts/extract.ts';
import { sanitizeBody } from '#src/publish/sanitize/sanitize.ts';
import { belowAims, type Part } from './part.ts';
import { readRealSet } from './real-set.ts';
import { Scores, type Tally } from './score.ts';
import { measureSeconds } from './speed.ts';

const PRECISION = 0.985;
const RECALL = { html: 0.9, text: 0.75 } as const;
const ROWS = 0.85;
/** Processor time a notice, in milliseconds. */
const MOST_MILLISECONDS = 8;

/** Facts of real notices that a careful reader labelled: what counts are values read without a doubt. */
export const realPart: Part = ({ real }) => {
  const notices = readRealSet(real);
  if (notices.length === 0) return undefined;
  const inputs = notices.map((notice) => ({ ...notice, ...sanitizeBody(notice.html) }));
  const all = new Scores();
  const byForm = new Map<string, Scores>();
  const byGroup = new Map<string, Scores>();
  for (const input of inputs) {
    const facts = extractFacts(input);
    const { form, group } = input;
    for (const scores of [all, scoresOf(byForm, form), scoresOf(byGroup, `${group}, ${form}`)])
      scores.add(input, facts);
  }
  const kinds = flatten(byForm, (scores) => scores.groups());
  const milliseconds = (measureSeconds(inputs) * 1_000) / inputs.length;
  const sums = all.wrong.filter(({ group }) => group === 'amounts').length;
  return {
    title: `${notices.length} real notices`,
    tables: {
      field: all.byField(),
      'group and form': kinds,
      'folder and form': flatten(byGroup, (scores) => ({ all: scores.total() })),
      rows: all.rows(),
    },
    wrong: all.wrong,
    missed: all.missed,
    below: [
      ...belowAims(kinds, (row) => ({ precision: PRECISION, recall: RECALL[row.endsWith('html') ? 'html' : 'text'] })),
      ...belowAims(all.rows(), () => ({ precision: 0, recall: ROWS })),
      ...(sums > 0 ? [`${sums} wrong sums`] : []),
      ...(milliseconds > MOST_MILLISECONDS ? [`${milliseconds.toFixed(1)} ms a notice`] : []),
    ],
    notes: [`${milliseconds.toFixed(2)} ms of processor time a notice (at most ${MOST_MILLISECONDS})`],
  };
};

function scoresOf(all: Map<string, Scores>, key: string): Scores {
  const scores = all.get(key) ?? new Scores();
  all.set(key, scores);
  return scores;
}

/** Tallies of several scores in one table: `amounts, html`. */
function flatten(
  all: ReadonlyMap<string, Scores>,
  talliesOf: (scores: Scores) => Record<string, Tally>,
): Record<string, Tally> {
  const rows = [...all].flatMap(([name, scores]) =>
    Object.entries(talliesOf(scores)).map(([row, tally]) => [row === 'all' ? name : `${row}, ${name}`, tally] as const),
  );
  return Object.fromEntries(rows);
}
