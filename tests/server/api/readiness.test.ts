import { describe, expect, it, onTestFinished } from 'vitest';
import { openReadOnly } from '#db/client.ts';
import { UnavailableError } from '#src/domain/errors.ts';
import { appendChange } from '#src/publish/changes/append.ts';
import { endOf, savePosition } from '#src/publish/changes/follow.ts';
import { checkReadiness, type ReadinessOptions } from '#src/server/readiness.ts';
import { insertNotices, openTestDatabase, SEED_NOW, seedSources, toSeedNotice } from '#tests/support/seed-notices.ts';
import { byTester } from '#tests/support/writer.ts';

/** Options on a database of its own, and its writing handle. */
function openRig() {
  const opened = openTestDatabase();
  const reader = openReadOnly(opened.path);
  onTestFinished(() => {
    reader.$client.close();
    opened.close();
  });
  const options: ReadinessOptions = { openDb: () => reader, dataDirectory: opened.path, now: SEED_NOW };
  return { db: opened.db, reader, options };
}

/** Names of the checks that fail. */
function listFailed(options: ReadinessOptions): string[] {
  try {
    checkReadiness(options);
    return [];
  } catch (error) {
    if (!(error instanceof UnavailableError)) throw error;
    return error.fields.map(({ name }) => name);
  }
}

describe('checkReadiness', () => {
  it('passes on a sound database', () => {
    const { options } = openRig();
    expect(checkReadiness(options).map(({ name, ok }) => [name, ok])).toEqual([
      ['database', true],
      ['index', true],
      ['disk', true],
    ]);
  });

  it('fails when the database cannot be opened, and says nothing about why', () => {
    const { options } = openRig();
    const openDb = () => {
      throw new Error('no file at a secret place');
    };
    expect(listFailed({ ...options, openDb })).toEqual(['database', 'index']);
    expect(() => checkReadiness({ ...options, openDb })).not.toThrow(/secret/);
  });

  it('fails on a connection that would lose acknowledged items', () => {
    const { reader, options } = openRig();
    reader.$client.pragma('synchronous = NORMAL');
    expect(listFailed(options)).toEqual(['database']);
  });

  it('fails when our tables are not there', () => {
    const { db, options } = openRig();
    db.$client.exec('DROP VIEW published_notices');
    expect(listFailed(options)).toEqual(['database']);
  });

  it('fails when a change has waited for the index for more than five minutes', () => {
    const { db, options } = openRig();
    const notice = toSeedNotice(1);
    seedSources(db);
    insertNotices(db, [notice]);
    const add = (at: string) =>
      appendChange(db, { subject: 'notice', id: notice.id, version: 1, kind: 'upsert' }, byTester(at));
    add('2026-06-15T03:56:00.000Z');
    expect(listFailed(options)).toEqual([]);
    db.$client.exec('DROP TRIGGER changes_no_delete; DELETE FROM changes');
    add('2026-06-15T03:54:00.000Z');
    expect(listFailed(options)).toEqual(['index']);
    savePosition(db, 'builtInIndex', endOf(db, 'builtInIndex'));
    expect(listFailed(options)).toEqual([]);
  });

  it('fails when the disk is nearly full', () => {
    const { options } = openRig();
    expect(listFailed({ ...options, leastFreeBytes: Number.MAX_SAFE_INTEGER })).toEqual(['disk']);
  });
});
