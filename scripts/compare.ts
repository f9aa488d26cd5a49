import { parseArgs } from 'node:util';
import { runCompare } from '#tests/compare/run.ts';
import { ROOT } from './launch/root.ts';

/** Asks two portals on the same data everything and names in what their answers differ: `npm run compare`. */
const { values } = parseArgs({
  options: {
    before: { type: 'string' },
    after: { type: 'string', default: ROOT },
    seed: { type: 'string' },
    sample: { type: 'string' },
    expected: { type: 'string' },
    control: { type: 'boolean', default: false },
  },
});
if (values.before === undefined) {
  console.error('Say what to compare with: --before FOLDER (a checkout with its node_modules) or --before URL.');
  process.exit(1);
}
const { before, sample, ...rest } = values;
const equal = await runCompare({ ...rest, before, sample: sample === undefined ? undefined : Number(sample) });
process.exitCode = equal ? 0 : 1;
