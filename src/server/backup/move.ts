import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { DATABASE_NAME } from '../db.ts';
import { flush, moveDurably, writeDurably } from '../durable-files.ts';
import { enginePaths } from '../search/process.ts';
import { COMPANIONS } from './files.ts';

/** Name of a checked database that is to take its place. */
export const RESTORED_NAME = `${DATABASE_NAME}.restored`;

const planSchema = z.object({ previous: z.string().regex(/^tongming\.db\.before-\w+$/) });

const planPath = (dataDirectory: string) => join(dataDirectory, 'restore.json');

/** Is a restore under way, or was one cut off half-way? */
export const isRestoring = (dataDirectory: string): boolean => existsSync(planPath(dataDirectory));

/**
 * Decides that the checked database takes the place of the present one, which is kept under the name `previous`. From the moment
 * that this is on the disk, whoever comes next completes it (`finishRestore`); before, nothing has happened.
 */
export function decideRestore(dataDirectory: string, previous: string): void {
  flush(join(dataDirectory, RESTORED_NAME));
  writeDurably(planPath(dataDirectory), JSON.stringify(planSchema.parse({ previous })));
}

/**
 * Moves the databases as it was decided; does nothing when nothing was. Every step may be the last before a crash: each is done
 * again, or was done, when this is called anew. The caller must be alone on the directory.
 */
export function finishRestore(dataDirectory: string): void {
  if (!isRestoring(dataDirectory)) return;
  const { previous } = planSchema.parse(JSON.parse(readFileSync(planPath(dataDirectory), 'utf8')));
  const [path, next] = [join(dataDirectory, DATABASE_NAME), join(dataDirectory, RESTORED_NAME)];
  // Once the next one has moved, what stands in the place is the restored database.
  if (existsSync(next)) {
    // The log goes with its database: beside another one it would be taken for that one's.
    for (const suffix of [...COMPANIONS, '']) keepOnce(path + suffix, join(dataDirectory, previous + suffix));
    for (const suffix of COMPANIONS) rmSync(next + suffix, { force: true });
    moveDurably(next, path);
  }
  // The engine's index is of the other database; the worker makes it again.
  rmSync(enginePaths(dataDirectory).data, { recursive: true, force: true });
  rmSync(planPath(dataDirectory));
  flush(dataDirectory);
}

/** Moves a file that has not been moved yet. What stands in its place again was made by somebody who looked meanwhile. */
function keepOnce(path: string, kept: string): void {
  if (!existsSync(path)) return;
  if (existsSync(kept)) rmSync(path);
  else moveDurably(path, kept);
}
