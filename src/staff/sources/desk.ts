import { and, asc, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Db } from '#db/client.ts';
import { rawItems, sources } from '#db/schema/index.ts';
import { COUNTY_SLUGS, type County } from '#src/domain/counties/counties.ts';
import { ConflictError, InputError, NotFoundError } from '#src/domain/errors.ts';
import type { Permitted } from '#src/domain/staff/permissions.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { createFetcher } from '#src/ingest/fetch.ts';
import { listReadable, type Preview, previewSource, toSourceRow } from '#src/ingest/preview.ts';
import { addSource, sourceSchema } from '#src/ingest/sources.ts';
import type { SourceConfig } from '#src/ingest/types.ts';
import {
  type IssuedKey,
  isLiving,
  issueKey,
  listKeys,
  PushKeyError,
  revokeKeys,
  rotateKey,
} from '#src/server/push/keys.ts';
import { assertMay } from '../assert-may.ts';
import { recordAudit } from '../audit.ts';
import { movedBy } from '../moved-by.ts';
import type { Session } from '../sessions.ts';
import type { Write } from '../sign-in.ts';
import { parseForm } from '../work/list.ts';
import { listRuns, type SourceRun } from '../work/lists/feeds.ts';

export type { Preview } from '#src/ingest/preview.ts';
export type { IssuedKey } from '#src/server/push/keys.ts';

interface Parts {
  db: Db;
  write: Write;
  /** Address of the public site: part of every signature. */
  publicUrl: string;
  /** `host:port` pairs on private addresses that a trial may reach. */
  allowPrivate: readonly string[];
}

/** A source as staff see it. */
export interface StaffSource {
  key: string;
  name: string;
  county: County;
  adapter: string;
  schedule: string;
  origin: 'configuration' | 'console';
  enabled: boolean;
  pausedAt: Instant | null;
  pauseReason: string | null;
  heldReason: string | null;
  lastAttemptAt: Instant | null;
  lastSuccessAt: Instant | null;
  lastItemCount: number | null;
  consecutiveFailures: number;
  lastError: string | null;
}

/** A source with how its reading went. */
export interface StaffSourcePage extends StaffSource {
  settings: string;
  rejected: number;
  runs: SourceRun[];
}

/** A key without its secret half. */
export interface StaffKey {
  id: string;
  county: County;
  createdAt: Instant;
  expiresAt: Instant | null;
  revokedAt: Instant | null;
  isLiving: boolean;
}

const SHOWN = {
  key: sources.key,
  name: sources.name,
  county: sources.county,
  adapter: sources.adapter,
  schedule: sources.schedule,
  origin: sources.origin,
  enabled: sources.enabled,
  pausedAt: sources.pausedAt,
  pauseReason: sources.pauseReason,
  heldReason: sources.heldReason,
  lastAttemptAt: sources.lastAttemptAt,
  lastSuccessAt: sources.lastSuccessAt,
  lastItemCount: sources.lastItemCount,
  consecutiveFailures: sources.consecutiveFailures,
  lastError: sources.lastError,
};
const TRIAL_MS = 30_000;
/** Trials at a time: they hold connections and read pages. */
const TRIALS = 2;

const FORM = z.object({
  key: z.string().trim(),
  name: z.string().trim().min(2, '请填写名称').max(100, '名称太长'),
  county: z.enum(COUNTY_SLUGS, '请选择县区'),
  adapter: z.string().refine((key) => listReadable().some((one) => one.key === key), '请选择平台'),
  settings: z.string().transform((text, context): Record<string, unknown> => {
    try {
      const read: unknown = JSON.parse(text);
      if (typeof read === 'object' && read !== null && !Array.isArray(read)) return read as Record<string, unknown>;
    } catch {}
    context.addIssue('设置须是 JSON 对象');
    return z.NEVER;
  }),
  schedule: z.string().trim(),
  minimumItems: z.coerce.number('请填写最少条数').int().min(0),
  homepage: z.string().trim().optional(),
});

/** Sources and the keys that counties push with. Each method asks the table of rights itself, at the action. */
export class SourceDesk {
  readonly #db: Db;
  readonly #write: Write;
  readonly #publicUrl: string;
  readonly #allowPrivate: readonly string[];
  #trials = 0;

  constructor({ db, write, publicUrl, allowPrivate }: Parts) {
    this.#db = db;
    this.#write = write;
    this.#publicUrl = publicUrl;
    this.#allowPrivate = allowPrivate;
  }

  /** Sources of the person's county, or all. @throws ForbiddenError */
  sources(session: Session): StaffSource[] {
    const { county } = session.officer;
    assertMay(session, 'source.list', county);
    const where = county === null ? undefined : eq(sources.county, county);
    return this.#db.select(SHOWN).from(sources).where(where).orderBy(asc(sources.county), asc(sources.key)).all();
  }

  /** @throws ForbiddenError, NotFoundError */
  source(session: Session, key: string): StaffSourcePage {
    const row = this.#find(session, 'source.list', key);
    const rejected = this.#db
      .select({ total: sql<number>`count(*)` })
      .from(rawItems)
      .where(and(eq(rawItems.sourceKey, key), eq(rawItems.state, 'rejected')))
      .get();
    const { settings, ...shown } = row;
    return {
      ...shown,
      settings: JSON.stringify(settings, null, 2),
      rejected: rejected?.total ?? 0,
      runs: listRuns(this.#db, key),
    };
  }

  /** Platforms that a source can be entered for. */
  platforms(): ReturnType<typeof listReadable> {
    return listReadable();
  }

  /** Reads the first rows of a feed that is not entered yet, as they would be published. @throws ForbiddenError, InputError */
  async trial(session: Session, values: Readonly<Record<string, string>>): Promise<Preview> {
    const config = toConfig(values);
    assertMay(session, 'source.try', config.county);
    if (this.#trials >= TRIALS) throw new ConflictError('正有别的来源在试读，请稍后再试');
    this.#trials++;
    const fetcher = createFetcher({ allowPrivate: this.#allowPrivate });
    try {
      const row = toSourceRow(config, session.officer.county !== null);
      return await previewSource(this.#db, row, fetcher, AbortSignal.timeout(TRIAL_MS));
    } catch (error) {
      throw new InputError([
        { name: 'settings', message: `读不到：${error instanceof Error ? error.message.slice(0, 300) : '原因不明'}` },
      ]);
    } finally {
      this.#trials--;
      await fetcher.close();
    }
  }

  /** Enters a source. It is read once it is resumed. @throws ForbiddenError, InputError for a key that is taken */
  async add(session: Session, values: Readonly<Record<string, string>>): Promise<string> {
    const config = toConfig(values);
    assertMay(session, 'source.add', config.county);
    const { now } = session.doer;
    await this.#write((db) => {
      if (db.select({ key: sources.key }).from(sources).where(eq(sources.key, config.key)).get())
        throw new InputError([{ name: 'key', message: '这个来源标识已被使用' }]);
      const speaksForItself = session.officer.county !== null;
      // What a county enters by itself is looked at by others before it is published.
      const release = speaksForItself ? 'review' : 'automatic';
      addSource(db, config, { speaksForItself, release, pausedAt: now, pauseReason: '新增，待启用' });
      recordAudit(db, session.doer, {
        ...{ action: 'source.add', subject: `source:${config.key}`, county: config.county },
        details: { name: config.name, adapter: config.adapter, schedule: config.schedule },
      });
    });
    return config.key;
  }

  /** Stops reading a source: nothing that it brought goes. @throws ForbiddenError, NotFoundError, ConflictError */
  pause(session: Session, key: string, reason: string): Promise<void> {
    return this.#setPaused(session, key, { permitted: 'source.pause', reason });
  }

  /** Reads a source again, from its next turn on. @throws ForbiddenError, NotFoundError, ConflictError */
  resume(session: Session, key: string, reason: string): Promise<void> {
    return this.#setPaused(session, key, { permitted: 'source.resume', reason });
  }

  /** @throws ForbiddenError */
  keys(session: Session): StaffKey[] {
    const { county } = session.officer;
    assertMay(session, 'key.list', county);
    const { now } = session.doer;
    return listKeys(this.#db, county ?? undefined).map((key) => {
      const { id, county: of, createdAt, expiresAt, revokedAt } = key;
      return { id, county: of, createdAt, expiresAt, revokedAt, isLiving: isLiving(key, now) };
    });
  }

  /** Makes a county's key; the secret half is in the answer and nowhere else. @throws ForbiddenError, InputError when there is one */
  issue(session: Session, county: County, reason: string): Promise<IssuedKey> {
    return this.#makeKey(session, { permitted: 'key.issue', county, reason }, (db, now) =>
      issueKey(db, county, this.#publicUrl, now),
    );
  }

  /** Makes another key; the earlier ones count for some days more. @throws ForbiddenError, InputError when there is none */
  rotate(session: Session, county: County, overlapDays: number, reason: string): Promise<IssuedKey> {
    return this.#makeKey(session, { permitted: 'key.rotate', county, reason }, (db, now) =>
      rotateKey(db, county, this.#publicUrl, overlapDays, now),
    );
  }

  /** Ends a key at once. @throws ForbiddenError, NotFoundError */
  async revoke(session: Session, county: County, keyId: string, reason: string): Promise<void> {
    assertMay(session, 'key.revoke', county);
    await this.#write((db) => {
      if (revokeKeys(db, county, keyId, session.doer.now) === 0) throw new NotFoundError('没有这个密钥，或者已经吊销');
      recordAudit(db, session.doer, { action: 'key.revoke', subject: `key:${keyId}`, county, reason });
    });
  }

  async #makeKey(
    session: Session,
    { permitted, county, reason }: { permitted: 'key.issue' | 'key.rotate'; county: County; reason: string },
    make: (db: Db, now: Instant) => IssuedKey,
  ): Promise<IssuedKey> {
    assertMay(session, permitted, county);
    return this.#write((db) => {
      try {
        const key = make(db, session.doer.now);
        recordAudit(db, session.doer, { action: permitted, subject: `key:${key.keyId}`, county, reason });
        return key;
      } catch (error) {
        if (!(error instanceof PushKeyError)) throw error;
        throw new InputError([
          {
            name: 'county',
            message: permitted === 'key.issue' ? '该县已有有效密钥，请用更换' : '该县没有有效密钥，请先签发',
          },
        ]);
      }
    });
  }

  async #setPaused(
    session: Session,
    key: string,
    { permitted, reason }: { permitted: 'source.pause' | 'source.resume'; reason: string },
  ): Promise<void> {
    const pauses = permitted === 'source.pause';
    await this.#write((db) => {
      const { county, pausedAt } = this.#find(session, permitted, key, db);
      if ((pausedAt !== null) === pauses) throw movedBy(db, `source:${key}`, '这个来源');
      db.update(sources)
        .set(pauses ? { pausedAt: session.doer.now, pauseReason: reason } : { pausedAt: null, pauseReason: null })
        .where(eq(sources.key, key))
        .run();
      recordAudit(db, session.doer, { action: permitted, subject: `source:${key}`, county, reason });
    });
  }

  #find(session: Session, permitted: Permitted, key: string, db = this.#db) {
    const row = db
      .select({ ...SHOWN, settings: sources.settings })
      .from(sources)
      .where(eq(sources.key, key))
      .get();
    if (!row) throw new NotFoundError('没有这个来源');
    assertMay(session, permitted, row.county);
    return row;
  }
}

/** The entry that a form describes. @throws InputError with each faulty field */
function toConfig(values: Readonly<Record<string, string>>): SourceConfig {
  const { homepage, ...form } = parseForm(FORM, values);
  const {
    homepage: page,
    enabled: _enabled,
    ...entry
  } = parseForm(sourceSchema, {
    ...form,
    ...(homepage ? { homepage } : {}),
  } as unknown as Record<string, string>);
  return { ...entry, ...(page ? { homepage: page } : {}) };
}
