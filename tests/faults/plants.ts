/** A bug, put into the sources that a harness's child process loads. The files themselves stay as they are. */
export interface Plant {
  key: string;
  /** Harness that must find it. */
  harness: string;
  /** Number of faults within which it must be found. */
  runs: number;
  /** H4, H5 and H6: the events it takes; what is left to chance may miss it. */
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

/** Whoever asks for a lock gets it. */
const NO_LOCKS = [
  { file: 'scripts/launch/lock.ts', find: "client.exec('BEGIN EXCLUSIVE')", replace: "client.exec('SELECT 1')" },
];

/** Every statement of every connection commits by itself. */
const TORN_TRANSACTIONS = [
  {
    file: 'db/client.ts',
    find: '    const db = drizzle(client',
    replace: `    Object.assign(client, {
      transaction: (work: object) => Object.assign(work, { immediate: work, deferred: work, exclusive: work }),
    });
    const db = drizzle(client`,
  },
];

/** Version, state and audit are written one after the other. */
const TORN_RELEASE = [
  {
    file: 'src/staff/drafts/release.ts',
    find: 'return db.$client.transaction(() => settle(db, { before, content, item, doer }, parts)).immediate();',
    replace: 'return settle(db, { before, content, item, doer }, parts);',
  },
];

const NO_STALL = {
  file: 'src/server/http-server/connections.ts',
  find: 'stallMs: 20_000',
  replace: 'stallMs: 20_000_000',
};
const NO_HEAD_LIMIT = {
  file: 'src/server/http-server/server.ts',
  find: 'headMs: 10_000, requestMs: 30_000',
  replace: 'headMs: 10_000_000, requestMs: 30_000_000',
};

/** Whoever sees a checkpoint sees it before the guard remembers it. */
const SHOWN_EARLY = [
  {
    file: 'src/tlog/checkpoints.ts',
    find: '  if (!guard.swap(origin, last, { size, note }))',
    replace:
      "  await publish(parts, { size, note });\n  console.log(['ack signed', size, text.split('\\n')[2]].join(' '));\n  if (!guard.swap(origin, last, { size, note }))",
  },
];

export const PLANTS: readonly Plant[] = [
  { key: 'shown-early', harness: 'h8', runs: 200, edits: SHOWN_EARLY, breach: /guard forgot/ },
  { key: 'torn-release', harness: 'h7', runs: 30, edits: TORN_RELEASE, breach: /versions, \d+ leaves/ },
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
        replace: '  batch.keep();\n  try {\n    const index',
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
        file: 'src/outbound/ssrf-guard.ts',
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
      { file: 'src/ingest/pipeline.ts', find: 'run.released ? undefined : assessRun(run)', replace: 'undefined' },
      {
        file: 'src/ingest/run/records.ts',
        find: 'db.update(notices).set({ goneAt: p.now })',
        replace: 'db.update(notices).set({ withdrawnAt: p.now })',
      },
    ],
    breach: /wrongly deleted/,
  },
  {
    key: 'overwrite-reused-id',
    harness: 'h4',
    runs: 40,
    events: ['ids given to others'],
    edits: [
      {
        file: 'src/publish/notices/store.ts',
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
        file: 'src/worker/follow-changes.ts',
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
  {
    key: 'no-locks-restore',
    harness: 'h6',
    runs: 3,
    events: ['restore beside both', 'demo:clear beside both', 'restore beside the web alone'],
    edits: NO_LOCKS,
    breach: /restore was not refused/,
  },
  {
    key: 'no-locks-worker',
    harness: 'h6',
    runs: 2,
    events: ['a second worker'],
    edits: NO_LOCKS,
    breach: /a second worker/,
  },
  {
    key: 'epoch-kept',
    harness: 'h6',
    runs: 1,
    events: ['restore in between'],
    edits: [{ file: 'src/server/backup/restore.ts', find: '  renewEpoch(db);', replace: '' }],
    breach: /in the same epoch/,
  },
  {
    key: 'unfinished-restore',
    harness: 'h6',
    runs: 24,
    events: ['restore killed in between'],
    edits: [
      {
        file: 'src/server/backup/restore.ts',
        find: '  finishRestore(dataDirectory);\n',
        replace: '  process.kill(process.pid, 9);\n',
      },
      { file: 'scripts/launch/claims.ts', find: 'while (isRestoring(dataDirectory))', replace: 'while (false)' },
      {
        file: 'scripts/launch/claims.ts',
        find: 'if (!isRestoring(dataDirectory)) return release;',
        replace: 'return release;',
      },
    ],
    breach: /left undone/,
  },
  {
    key: 'full-is-failure',
    harness: 'h6',
    runs: 2,
    events: ['disk full and back'],
    edits: [{ file: 'db/storage-errors.ts', find: 'FULL.test(code)', replace: "code === 'never'" }],
    breach: /push answered -500/,
  },
  {
    key: 'read-only-is-failure',
    harness: 'h6',
    runs: 2,
    events: ['database read-only'],
    edits: [{ file: 'db/storage-errors.ts', find: '|IOERR|READONLY|CANTOPEN|PROTOCOL)', replace: ')' }],
    breach: /push answered -500/,
  },
  {
    key: 'clock-decides',
    harness: 'h6',
    runs: 1,
    events: ['clock a day back'],
    edits: [
      {
        file: 'src/ingest/fetch/host-throttle.ts',
        find: 'performance.now()',
        replace: 'Date.now()',
      },
    ],
    breach: /clock -24 h: not well again/,
  },
  {
    key: 'torn-transactions',
    harness: 'h6',
    runs: 6,
    events: ['log cut anywhere'],
    edits: TORN_TRANSACTIONS,
    breach: /log cut at/,
  },
  {
    key: 'endless-heads',
    harness: 'h6',
    runs: 1,
    events: ['half-open clients'],
    edits: [NO_STALL, NO_HEAD_LIMIT],
    breach: /half-open clients: \d+ connections are still open/,
  },
  {
    key: 'endless-patience',
    harness: 'h6',
    runs: 1,
    events: ['slow readers'],
    // Either limit alone ends them.
    edits: [NO_STALL, NO_HEAD_LIMIT],
    breach: /slow readers: \d+ connections are still open/,
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
