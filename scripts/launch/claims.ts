import { join } from 'node:path';
import { finishRestore, isRestoring } from '#src/server/backup/move.ts';
import { getConfig } from '#src/server/config.ts';
import { findLivingElsewhere, type Holder, listHolders, noteHolder } from './holders.ts';
import { holdLock, LockedError, type LockMode } from './lock.ts';

/** What a data directory has one of at a time. */
type Role = 'launcher' | 'worker' | 'web' | 'staff' | 'bulk' | 'submission' | 'backup' | 'import';

interface Need {
  /** `shared`: the database stays where it is meanwhile; `exclusive`: nobody else may use the directory; absent: uses none. */
  data?: LockMode;
  /** Roles that it holds as long as it runs. */
  roles: readonly Role[];
  /** Roles that must be free when it begins: it starts processes that take them. */
  free?: readonly Role[];
}

/** Every script by its name, with what it needs of the data directory. The one place where that is decided. */
export const NEEDS = {
  // Services
  main: { data: 'shared', roles: ['launcher'], free: ['worker', 'web', 'staff'] },
  dev: { data: 'shared', roles: ['launcher', 'web'], free: ['worker'] },
  worker: { data: 'shared', roles: ['worker'] },
  web: { data: 'shared', roles: ['web'] },
  staff: { data: 'shared', roles: ['staff'] },
  // Writers of short transactions, which take turns; sources are guarded by leases
  ingest: { data: 'shared', roles: [] },
  // Two files at once would only wait for each other
  import: { data: 'shared', roles: ['import'] },
  redact: { data: 'shared', roles: [] },
  // No bulk file, backup or submission may be made meanwhile of what goes
  remove: { data: 'shared', roles: ['bulk', 'backup'] },
  reextract: { data: 'shared', roles: [] },
  statistics: { data: 'shared', roles: [] },
  exposures: { data: 'shared', roles: [] },
  organizations: { data: 'shared', roles: [] },
  keys: { data: 'shared', roles: [] },
  subscriptions: { data: 'shared', roles: [] },
  'staff-admin': { data: 'shared', roles: [] },
  submission: { data: 'shared', roles: ['submission'] },
  // Takes the worker's role too where no worker runs: its engine would be the second on one index
  reindex: { data: 'shared', roles: [] },
  // Readers
  bulk: { data: 'shared', roles: ['bulk'] },
  backup: { data: 'shared', roles: ['backup'] },
  verify: { data: 'shared', roles: [] },
  'facts-doubts': { data: 'shared', roles: [] },
  'facts-unknown': { data: 'shared', roles: [] },
  // Maintenance: puts another database in the place of this one
  restore: { data: 'exclusive', roles: [] },
  'demo-clear': { data: 'exclusive', roles: [] },
  // Look without using, or use folders of their own
  doctor: { roles: [] },
  'log-key': { roles: [] },
  'soak-board': { roles: [] },
  build: { roles: [] },
  'demo-feeds': { roles: [] },
  bench: { roles: [] },
  'bench-facts': { roles: [] },
  test: { roles: [] },
  'test-faults': { roles: [] },
  docs: { roles: [] },
  gen: { roles: [] },
  renames: { roles: [] },
  compare: { roles: [] },
  'test-mutants': { roles: [] },
} as const satisfies Record<string, Need>;

export type Command = keyof typeof NEEDS;

const lockPath = (dataDirectory: string, name: string) => join(dataDirectory, 'locks', `${name}.lock`);

/**
 * Takes what a command needs of a data directory, and completes a restore that was cut off. Everything is given back by the
 * returned function, and by the kernel when the process ends in any other way.
 * @throws LockedError saying who is in the way
 */
export async function claim(command: Command, dataDirectory: string): Promise<() => void> {
  const need: Need = NEEDS[command];
  if (!need.data) return () => undefined;
  await assertNobodyElsewhere(dataDirectory, need);
  const held = takeAll(dataDirectory, { ...need, data: need.data });
  held.push(noteHolder(dataDirectory, command));
  return () => giveBack(held);
}

/** The same for the script that is running: says who is in the way, and ends the process with `code`. */
export async function claimOrExit(command: Command, code = 1): Promise<void> {
  try {
    process.once('exit', await claim(command, getConfig().DATA_DIR));
  } catch (error) {
    if (!(error instanceof LockedError)) throw error;
    console.error(error.message);
    process.exit(code);
  }
}

/** Takes one role more, or returns undefined while another process has it. */
export function claimRole(role: Role, dataDirectory: string): (() => void) | undefined {
  return holdLock(lockPath(dataDirectory, role), 'exclusive');
}

function takeAll(dataDirectory: string, need: Need & { data: LockMode }): (() => void)[] {
  const held: (() => void)[] = [];
  try {
    held.push(takeData(dataDirectory, need.data));
    for (const role of need.roles) held.push(take(dataDirectory, role, 'exclusive'));
    for (const role of need.free ?? []) take(dataDirectory, role, 'exclusive')();
    return held;
  } catch (error) {
    giveBack(held);
    throw error;
  }
}

function giveBack(held: (() => void)[]): void {
  for (const release of held.splice(0).reverse()) release();
}

/** Takes the database. Whoever finds a restore half done completes it first, alone. */
function takeData(dataDirectory: string, mode: LockMode): () => void {
  while (isRestoring(dataDirectory)) {
    const release = take(dataDirectory, 'data', 'exclusive');
    try {
      finishRestore(dataDirectory);
    } finally {
      release();
    }
  }
  const release = take(dataDirectory, 'data', mode);
  if (!isRestoring(dataDirectory)) return release;
  release();
  return takeData(dataDirectory, mode);
}

function take(dataDirectory: string, name: 'data' | Role, mode: LockMode): () => void {
  const release = holdLock(lockPath(dataDirectory, name), mode);
  if (release) return release;
  const holders = listHolders(dataDirectory).filter(({ command }) => isInTheWay(command, name, mode));
  throw new LockedError(`Tongming already runs on ${dataDirectory}: ${describe(holders)}. Stop it first.`);
}

/** @throws LockedError when another machine uses a directory that both can see */
async function assertNobodyElsewhere(dataDirectory: string, need: Need): Promise<void> {
  const names = ['data', ...need.roles, ...(need.free ?? [])];
  const suspects = listHolders(dataDirectory).filter(({ command }) =>
    names.some((name) => isInTheWay(command, name, name === 'data' ? (need.data ?? 'shared') : 'exclusive')),
  );
  const [other] = await findLivingElsewhere(suspects);
  if (!other) return;
  const who = `${other.command} on ${other.host} (process ${other.pid}, since ${other.since})`;
  throw new LockedError(
    `Another machine uses ${dataDirectory}: ${who}. The database must not be shared between machines; stop it there first.`,
  );
}

function isInTheWay(command: string, name: string, mode: LockMode): boolean {
  const need: Need | undefined = (NEEDS as Record<string, Need>)[command];
  if (name !== 'data') return need?.roles.some((role) => role === name) ?? false;
  return mode === 'exclusive' ? need?.data !== undefined : need?.data === 'exclusive';
}

function describe(holders: readonly Holder[]): string {
  if (holders.length === 0) return 'a process that left no note';
  return holders.map(({ command, pid }) => `${command} (process ${pid})`).join(', ');
}
