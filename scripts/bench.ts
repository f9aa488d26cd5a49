import { parseArgs } from 'node:util';
import { changes } from './bench/changes/changes.ts';
import { companies } from './bench/companies/companies.ts';
import { staffConsole } from './bench/console/console.ts';
import { exportFiles } from './bench/export/export.ts';
import { type Figure, formatNumber, formatRange, median, type Part, reaches } from './bench/figures.ts';
import { freshness } from './bench/freshness/freshness.ts';
import { ingest } from './bench/ingest/ingest.ts';
import { publicationLog } from './bench/log/log.ts';
import { eventLoop } from './bench/loop/loop.ts';
import { match } from './bench/match/match.ts';
import { pages } from './bench/pages/pages.ts';
import { submissions } from './bench/participation/submissions.ts';
import { push } from './bench/push/push.ts';
import { scale } from './bench/scale/scale.ts';
import { searchSpeed } from './bench/search/search-speed.ts';
import { searchQuality } from './bench/search-quality/search-quality.ts';
import { Workspace } from './bench/workspace.ts';

const PARTS: readonly Part[] = [
  ingest,
  searchSpeed,
  pages,
  freshness,
  searchQuality,
  match,
  companies,
  push,
  changes,
  exportFiles,
  eventLoop,
  submissions,
  publicationLog,
  staffConsole,
  scale,
];

/** The parts that `--only a,c` names; all without it. @throws Error for a letter that is no part. */
function chooseParts(only: string | undefined): readonly Part[] {
  if (!only) return PARTS;
  return only.split(',').map((key) => {
    const part = PARTS.find((known) => known.key === key.trim());
    if (!part) throw new Error(`There is no part ${key}: ${PARTS.map((known) => known.key).join(', ')}.`);
    return part;
  });
}

function printAims(figures: readonly (Figure & { part: string })[]): void {
  console.log('\nFigures against their aims (median of the repeated measurements; lowest–highest tells the noise)');
  console.table(
    figures.map(({ part, name, values, aim }) => ({
      part,
      figure: name,
      value: formatNumber(median(values)),
      range: formatRange(values),
      aim: aim ? ('atLeast' in aim ? `≥ ${aim.atLeast}` : `≤ ${aim.atMost}`) : '',
      result: aim ? (reaches({ name, values, aim }) ? 'ok' : 'short') : '',
    })),
  );
}

const OPTIONS = {
  only: { type: 'string' },
  quick: { type: 'boolean', default: false },
  scale: { type: 'string', default: '20000' },
} as const;

async function run(workspace: Workspace): Promise<void> {
  const { values } = parseArgs({ options: OPTIONS });
  const figures: (Figure & { part: string })[] = [];
  for (const part of chooseParts(values.only)) {
    console.log(`\n(${part.key}) ${part.title}`);
    const found = await part.run({ quick: values.quick, scale: Number(values.scale), workspace });
    figures.push(...found.map((figure) => ({ ...figure, part: part.key })));
  }
  printAims(figures);
}

const workspace = new Workspace();
let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, async () => {
    if (stopping) return;
    stopping = true;
    await workspace.close();
    process.exit(130);
  });
}
try {
  await run(workspace);
} catch (error) {
  // Whatever fails because its processes were stopped is no failure of its own.
  if (!stopping) throw error;
} finally {
  if (!stopping) await workspace.close();
}
