import { linkSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Db } from '#db/client.ts';
import { readEpoch } from '#db/epoch.ts';
import { type BULK_EXTRAS, type BulkGroup, groupKey } from '#src/domain/bulk/files.ts';
import { lastChange } from '#src/publish/changes/read.ts';
import type { Config } from '../config.ts';
import { writeDurably } from '../durable-files.ts';
import { dutyTable, flagTable } from '../exports/flags.ts';
import type { Table } from '../exports/table.ts';
import { writeCsv } from '../exports/write-csv.ts';
import { walkFlaggedLots } from '../flags/list.ts';
import { walkDuties } from '../score/list.ts';
import { getAsOf } from '../sources/as-of.ts';
import { makeDictionary } from './dictionary.ts';
import { type BuildContext, writeGroupFiles } from './group-files.ts';
import { fingerprintGroup, listGroupIds, listGroups } from './groups.ts';
import {
  type BulkGroupEntry,
  type BulkManifest,
  type BulkSet,
  bulkDirectory,
  pointTo,
  readCurrentSet,
  readGroup,
  type SealedFile,
  setDirectory,
} from './manifest.ts';
import { isWhole, sealFile } from './seal.ts';

/** Raised whenever the files come out differently from the same notices, so that none is taken over from before. */
const FORM = 1;

export interface BuildOptions {
  /** Called after each group. */
  onProgress?(done: number, total: number): void;
  /** Stops the build after the group under way; what is finished is kept for the next. */
  signal?: AbortSignal;
}

/**
 * Makes all bulk files from one snapshot of the database and then serves them in place of the old ones. What has not changed
 * since the last set, or was finished by a build that was cut off, is taken over. `db` must be a handle of its own: it
 * holds the snapshot. One build at a time; the caller sees to that.
 * @throws Error when stopped, or when a file cannot be written; the old set stays.
 */
export async function buildBulk(db: Db, config: Config, options: BuildOptions = {}): Promise<BulkManifest> {
  db.$client.exec('BEGIN');
  try {
    return await buildFromSnapshot(db, config, options);
  } finally {
    db.$client.exec('ROLLBACK');
  }
}

async function buildFromSnapshot(db: Db, config: Config, { onProgress, signal }: BuildOptions): Promise<BulkManifest> {
  const directory = bulkDirectory(config.DATA_DIR);
  const target = join(directory, 'building');
  mkdirSync(target, { recursive: true });
  const context = { db, config, asOf: getAsOf(db), target };
  const change = lastChange(db, 'notice');
  const previous = readPrevious(directory);
  const wanted = listGroups(db);
  const groups: BulkGroupEntry[] = [];
  for (const group of wanted) {
    signal?.throwIfAborted();
    groups.push(await makeGroup(context, group, previous));
    onProgress?.(groups.length, wanted.length);
  }
  const made = { asOf: context.asOf, builtAt: new Date().toISOString(), change, epoch: readEpoch(db), groups };
  const manifest = { ...made, extras: await writeExtras(context, groups) };
  publish(context, directory, manifest);
  return manifest;
}

/** The set that is served now. A damaged one is as good as none: all files are made anew. */
function readPrevious(directory: string): BulkSet | undefined {
  try {
    return readCurrentSet(directory);
  } catch {
    return undefined;
  }
}

/** A group's files: from a build that was cut off, from the set before when they are still what they were, or new. */
async function makeGroup(context: BuildContext, group: BulkGroup, previous: BulkSet | undefined) {
  const { db, config, target } = context;
  const made = JSON.stringify([FORM, config.SITE_URL, config.OCDS_PREFIX, config.SITE_NAME, config.DATA_LICENCE]);
  const fingerprint = fingerprintGroup(db, group, made);
  const note = join(target, `${groupKey(group)}.group`);
  const finished = readGroup(note);
  if (finished?.fingerprint === fingerprint && (await areWhole(target, finished))) return finished;
  const known = previous?.manifest.groups.find((entry) => entry.fingerprint === fingerprint);
  const before = previous && known && (await areWhole(previous.directory, known)) ? known : undefined;
  const ids = before ? [] : listGroupIds(db, group);
  const entry: BulkGroupEntry = before ?? { ...group, notices: ids.length, fingerprint, files: [] };
  for (const name of readdirSync(target)) if (name.startsWith(`${groupKey(group)}.`)) rmSync(join(target, name));
  if (before) for (const { name } of before.files) linkSync(join(previous?.directory ?? '', name), join(target, name));
  else entry.files = await writeGroupFiles(context, group, ids);
  writeDurably(note, JSON.stringify(entry));
  return entry;
}

async function areWhole(directory: string, { files }: BulkGroupEntry): Promise<boolean> {
  for (const file of files) if (!(await isWhole(join(directory, file.name), file))) return false;
  return true;
}

/** Writes what stands beside the groups' files. */
async function writeExtras(
  { db, config, target }: BuildContext,
  groups: readonly BulkGroupEntry[],
): Promise<SealedFile[]> {
  const sums = groups.flatMap(({ files }) => files.map(({ name, sha256 }) => `${sha256}  ${name}\n`));
  const texts: Record<Exclude<keyof typeof BULK_EXTRAS, 'manifest.json'>, string> = {
    SHA256SUMS: sums.join(''),
    'dictionary.json': `${JSON.stringify(makeDictionary(config.SITE_URL), null, 2)}\n`,
    'flags.csv': await toCsvText(flagTable(config.SITE_URL), walkFlaggedLots(db, {})),
    'duties.csv': await toCsvText(dutyTable(config.SITE_URL), walkDuties(db, { state: 'missing' })),
    'licence.txt': `${config.DATA_LICENCE ?? '运营单位尚未设定数据的使用许可。'}\n`,
  };
  const extras: SealedFile[] = [];
  for (const [name, text] of Object.entries(texts)) {
    writeDurably(join(target, name), text);
    extras.push({ name, ...(await sealFile(join(target, name))) });
  }
  return extras;
}

const toCsvText = <Item>(table: Table<Item>, batches: AsyncIterable<readonly Item[]>): Promise<string> =>
  new Response(writeCsv(table, flatten(batches), 'programs'))
    .text()
    .then((text) => `\uFEFF${text.replace(/^\uFEFF/, '')}`);

async function* flatten<Item>(batches: AsyncIterable<readonly Item[]>): AsyncGenerator<Item> {
  for await (const batch of batches) yield* batch;
}

/** Lets the new set take the old one's place, and removes what belongs to neither. */
function publish({ target }: BuildContext, directory: string, manifest: BulkManifest): void {
  const sealed = [...manifest.groups.flatMap(({ files }) => files), ...manifest.extras];
  const names = new Set(sealed.map(({ name }) => name));
  for (const name of readdirSync(target)) if (!names.has(name)) rmSync(join(target, name));
  writeDurably(join(target, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  const set = manifest.builtAt.replace(/[-:.]/g, '');
  const sets = join(directory, 'sets');
  mkdirSync(sets, { recursive: true });
  renameSync(target, setDirectory(directory, set));
  pointTo(directory, set);
  for (const name of readdirSync(sets)) if (name !== set) rmSync(join(sets, name), { recursive: true });
}
