import { randomBytes } from 'node:crypto';
import { GoneError } from '#src/domain/errors.ts';
import type { Db } from './client.ts';
import { readKeyValue, saveKeyValue } from './key-values.ts';

/** Key in `keyValues`; migration 0016 gives every database one. */
const EPOCH = 'changes.epoch';

/**
 * The numbers of every sequence of this database mean what they mean only within its epoch: a database restored from a backup
 * gives numbers out again, for other changes. 16 hexadecimal digits.
 */
export function readEpoch(db: Db): string {
  return readKeyValue(db, EPOCH, '');
}

/** Begins another epoch: the numbers that were given out after the backup will be given out again. */
export function renewEpoch(db: Db): void {
  saveKeyValue(db, EPOCH, randomBytes(8).toString('hex'));
}

/** A place in a sequence, as it is given to readers. */
export function toCursor(db: Db, seq: number): string {
  return `${readEpoch(db)}-${seq}`;
}

/** What a reader gave as its place; no epoch: the beginning. */
export interface Place {
  epoch: string | undefined;
  seq: number;
}

export const CURSOR_PATTERN = /^(?:([0-9a-f]{16})-)?(\d{1,15})$/;

/** Reads a cursor; undefined when it is none. A number without an epoch is a place of no epoch, except 0, the beginning. */
export function parseCursor(text: string): Place | undefined {
  const [, epoch, seq] = CURSOR_PATTERN.exec(text) ?? [];
  if (seq === undefined) return undefined;
  return { epoch: epoch ?? (Number(seq) === 0 ? undefined : ''), seq: Number(seq) };
}

/** 410: the place was given out before the database was restored, and says nothing about what comes after it. */
export class EpochEndedError extends GoneError {
  override readonly title: string = '游标已失效';

  constructor() {
    super(
      '这个游标是数据库从备份恢复之前给出的，序号此后另有所指。请不带 since 从头读取；没有再次给出的内容，即为不再公开',
    );
    this.name = 'EpochEndedError';
  }
}

/** The number behind a reader's place. @throws EpochEndedError when it is of another epoch */
export function findPosition(db: Db, { epoch, seq }: Place): number {
  if (epoch !== undefined && epoch !== readEpoch(db)) throw new EpochEndedError();
  return seq;
}
