/** A bug, put into the sources that a harness's child process loads. The files themselves stay as they are. */
export interface Plant {
  key: string;
  /** Harness that must find it. */
  harness: string;
  /** Number of faults within which it must be found. */
  runs: number;
  /** H5: the events it takes. */
  events?: readonly string[];
  edits: readonly { file: string; find: string; replace: string }[];
  /** The breach it must lead to: a harness that turns red for another reason has not found it. */
  breach: RegExp;
}

/** Says "stored" as soon as something is written, before the commit. */
const ACKNOWLEDGE_EARLY = [
  { file: 'tests/faults/children/acknowledge.ts', find: '!client.inTransaction', replace: 'true' },
];

/** Every statement commits by itself. */
const NO_TRANSACTION = [
  { file: 'tests/faults/children/acknowledge.ts', find: 'make(work)', replace: '{ immediate: work }' },
];

export const PLANTS: readonly Plant[] = [
  { key: 'acknowledge-early', harness: 'h1', runs: 24, edits: ACKNOWLEDGE_EARLY, breach: /lost/ },
  { key: 'no-transaction', harness: 'h1', runs: 12, edits: NO_TRANSACTION, breach: /verify/ },
  {
    key: 'cursor-first',
    harness: 'h1',
    runs: 40,
    edits: [
      {
        file: 'src/server/search/indexer.ts',
        find: '  try {\n    const index',
        replace: '  saveState(db, INDEX_CURSOR, String(batch.last));\n  try {\n    const index',
      },
    ],
    breach: /engine-index/,
  },
  {
    key: 'synchronous-normal',
    harness: 'h2',
    runs: 60,
    edits: [
      { file: 'db/client.ts', find: "'synchronous = FULL'", replace: "'synchronous = NORMAL'" },
      { file: 'db/client.ts', find: 'synchronous !== 2', replace: 'synchronous !== 1' },
    ],
    breach: /cuts lost/,
  },
  { key: 'no-transaction', harness: 'h3', runs: 60, edits: NO_TRANSACTION, breach: /verify|content/ },
  {
    key: 'no-guard',
    harness: 'h4',
    runs: 80,
    edits: [
      {
        file: 'src/server/outbound/ssrf-guard.ts',
        find: 'if (!ipaddr.isValid(address)) return false;',
        replace: 'if (address) return true;',
      },
    ],
    breach: /canary was asked/,
  },
  {
    key: 'no-size-limit',
    harness: 'h4',
    runs: 120,
    edits: [{ file: 'src/ingest/fetch/body.ts', find: 'size > maximum', replace: 'maximum < 0' }],
    breach: /of one answer taken/,
  },
  {
    key: 'delete-on-absence',
    harness: 'h4',
    runs: 120,
    edits: [
      { file: 'src/ingest/pipeline.ts', find: 'run.released ? undefined : judge(run)', replace: 'undefined' },
      {
        file: 'src/ingest/run/records.ts',
        find: 'UPDATE notices SET gone_at',
        replace: 'UPDATE notices SET withdrawn_at',
      },
    ],
    breach: /wrongly deleted/,
  },
  {
    key: 'overwrite-reused-id',
    harness: 'h4',
    runs: 120,
    edits: [
      {
        file: 'src/ingest/store.ts',
        find: 'if (known && !notice.isMirrored) assertSameNotice(known, read);',
        replace: '',
      },
    ],
    breach: /strangers/,
  },
  {
    key: 'no-reconcile',
    harness: 'h5',
    runs: 1,
    events: ['documents deleted over HTTP'],
    edits: [
      {
        file: 'src/ingest/outbox-follower.ts',
        find: 'await reconcileEngine(db, engine)',
        replace: '{ rebuilt: false, repaired: 0 }',
      },
    ],
    breach: /not converged/,
  },
  {
    key: 'patient-search',
    harness: 'h5',
    runs: 1,
    events: ['hung for 4 s'],
    edits: [
      { file: 'src/server/search/endpoint.ts', find: 'SEARCH_TIMEOUT = 1200', replace: 'SEARCH_TIMEOUT = 60_000' },
    ],
    breach: /a search took/,
  },
];

const BY_KEY = new Map(PLANTS.map((plant) => [plant.key, plant]));

/** @throws Error when there is no such plant. */
export function findPlant(key: string): Plant {
  const plant = BY_KEY.get(key);
  if (!plant) throw new Error(`no planted bug ${key}`);
  return plant;
}

/** A source text with the plant's bug in it. @throws Error when the text it replaces is not there (any more). */
export function plantInto(plant: Plant, file: string, source: string): string {
  let planted = source;
  for (const { find, replace } of plant.edits.filter((edit) => edit.file === file)) {
    if (!planted.includes(find)) throw new Error(`planted bug ${plant.key} no longer fits ${file}`);
    planted = planted.replaceAll(find, () => replace);
  }
  return planted;
}
