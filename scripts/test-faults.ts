import { parseArgs } from 'node:util';
import { runFaults } from '#tests/faults/run.ts';

/** Breaks ingest, database, feeds and search engine many times over and looks at what is left: `npm run test:faults`. */
const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    controls: { type: 'string', default: '' },
    runs: { type: 'string' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
});
const passed = await runFaults({
  only: values.only.split(',').filter(Boolean),
  controls: values.controls.split(',').filter(Boolean),
  runs: values.runs === undefined ? undefined : Number(values.runs),
  seed: Number(values.seed),
});
process.exitCode = passed ? 0 : 1;
