import { parseArgs } from 'node:util';
import { runMutants } from '#tests/mutants/run.ts';

/** Plants small bugs into the rules and the write path and names those that no test notices: `npm run test:mutants`. */
const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    runs: { type: 'string', default: '40' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
});
const survivors = await runMutants({
  only: values.only.split(',').filter(Boolean),
  runs: Number(values.runs),
  seed: Number(values.seed),
});
process.exitCode = survivors === 0 ? 0 : 1;
