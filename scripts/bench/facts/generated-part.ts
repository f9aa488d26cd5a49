import { extractFacts } from '#src/publish/facts/extract.ts';
import { sanitizeBody } from '#src/publish/sanitize/sanitize.ts';
import { formatNumber } from '../figures.ts';
import { labelledSet } from './labelled-set.ts';
import { belowAims, type Part } from './part.ts';
import { Scores } from './score.ts';
import { measureSeconds } from './speed.ts';

const AIMS = { precision: 0.98, recall: 0.92 };
const PER_SECOND = 500;
/** By how much bodies are lengthened to see how the time grows. */
const GROWTH = 8;

/** Facts of generated notices, and the speed of reading them. */
export const generatedPart: Part = () => {
  const inputs = labelledSet().map((notice) => ({ ...notice, ...sanitizeBody(notice.html) }));
  const scores = new Scores();
  for (const input of inputs) scores.add(input, extractFacts(input));
  const seconds = measureSeconds(inputs);
  const longer = inputs.map((input) => ({ ...input, html: input.html.repeat(GROWTH) }));
  const perSecond = inputs.length / seconds;
  const growth = measureSeconds(longer, 2) / seconds;
  const groups = scores.groups();
  return {
    title: `${inputs.length} generated notices`,
    tables: { field: scores.byField(), group: groups },
    wrong: scores.wrong,
    missed: scores.missed,
    below: [
      ...belowAims(groups, () => AIMS),
      ...(perSecond < PER_SECOND ? [`${formatNumber(perSecond)} < ${PER_SECOND} notices/s`] : []),
    ],
    notes: [
      `${formatNumber(perSecond)} notices/s on one core (aim ${PER_SECOND})`,
      `${GROWTH} times the text takes ${growth.toFixed(1)} times as long`,
    ],
  };
};
