import { createPublicKey, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';
import { and, asc, eq, getTableColumns, gt, isNull, or, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params, RowOf } from '#db/compile.ts';
import { defineQuery } from '#db/query.ts';
import { pushKeys, sources } from '#db/schema/index.ts';
import { type County, countyDefinition } from '#src/domain/counties/counties.ts';

const DAY_MS = 86_400_000;

const COLUMNS = getTableColumns(pushKeys);
const { id, county: ofCounty, expiresAt, revokedAt, createdAt } = COLUMNS;

/** A key without its secret half. */
export type PushKey = RowOf<typeof COLUMNS>;

/** What a county gets, once: the content of its key file. */
export interface IssuedKey {
  keyId: string;
  county: County;
  /** Address of the site that takes what is signed with the key; part of every signature. */
  site: string;
  /** Ed25519 in PKCS #8 PEM. */
  privateKey: string;
}

/** The operator asked for something that the keys do not allow; the message is Chinese. */
export class PushKeyError extends Error {}

/** The source of everything that a county pushes. */
export function pushSourceKey(county: County): string {
  return `push-${county}`;
}

const ADD_SOURCE = defineQuery((db, p: Params<{ key: string; name: string; county: County }>) =>
  db
    .insert(sources)
    .values({
      ...{ key: p.key, name: p.name, county: p.county },
      ...{ adapter: 'push', settings: {}, schedule: '', minimumItems: 0 },
    })
    .onConflictDoNothing(),
);
const ADD = defineQuery((db, p: Params<Pick<PushKey, 'id' | 'county' | 'sourceKey' | 'publicKey' | 'createdAt'>>) =>
  db
    .insert(pushKeys)
    .values({ id: p.id, county: p.county, sourceKey: p.sourceKey, publicKey: p.publicKey, createdAt: p.createdAt }),
);
const isLivingAt = (p: Params<{ now: string }>) => and(isNull(revokedAt), or(isNull(expiresAt), gt(expiresAt, p.now)));
const EXPIRE = defineQuery((db, p: Params<{ county: County; end: string; now: string }>) =>
  db
    .update(pushKeys)
    .set({ expiresAt: sql`min(coalesce(${expiresAt}, ${p.end}), ${p.end})` })
    .where(and(eq(ofCounty, p.county), isLivingAt(p))),
);
const REVOKE = defineQuery((db, p: Params<{ county: County; keyId: string | null; now: string }>) =>
  db
    .update(pushKeys)
    .set({ revokedAt: p.now })
    .where(and(eq(ofCounty, p.county), sql`(${p.keyId} IS NULL OR ${id} = ${p.keyId})`, isNull(revokedAt))),
);
const LIST = defineQuery((db, p: Params<{ county: County | null }>) =>
  db
    .select(COLUMNS)
    .from(pushKeys)
    .where(sql`${p.county} IS NULL OR ${ofCounty} = ${p.county}`)
    .orderBy(asc(ofCounty), asc(createdAt), asc(id)),
);
const FIND_LIVING = defineQuery((db, p: Params<{ id: string; now: string }>) =>
  db
    .select(COLUMNS)
    .from(pushKeys)
    .where(and(eq(id, p.id), isLivingAt(p))),
);

/** Makes a county's first key. The secret half is returned and never kept. @throws PushKeyError when there is one that counts */
export function issueKey(db: Db, county: County, site: string, now: string): IssuedKey {
  const issue = () => {
    if (listKeys(db, county).some((key) => isLiving(key, now)))
      throw new PushKeyError('该县已有有效密钥，请用 rotate 更换');
    return createKey(db, county, site, now);
  };
  return db.$client.transaction(issue).immediate();
}

/** Makes a new key; the earlier ones count for `overlapDays` more. @throws PushKeyError when there is none to replace */
export function rotateKey(db: Db, county: County, site: string, overlapDays: number, now: string): IssuedKey {
  const rotate = () => {
    const end = new Date(Date.parse(now) + overlapDays * DAY_MS).toISOString();
    if (EXPIRE.run(db, { county, end, now }).changes === 0) throw new PushKeyError('该县没有有效密钥，请用 issue 签发');
    return createKey(db, county, site, now);
  };
  return db.$client.transaction(rotate).immediate();
}

/** Ends keys at once: one, or all of a county. Returns how many. */
export function revokeKeys(db: Db, county: County, keyId: string | undefined, now: string): number {
  return REVOKE.run(db, { county, keyId: keyId ?? null, now }).changes;
}

/** All keys, or a county's, the newest last. */
export function listKeys(db: Db, county?: County): PushKey[] {
  return LIST.all(db, { county: county ?? null });
}

/** Whether signatures with the key count at an instant. */
export function isLiving({ expiresAt, revokedAt }: PushKey, now: string): boolean {
  return revokedAt === null && (expiresAt === null || expiresAt > now);
}

/** The key of an id, when it counts at an instant. */
export function findLivingKey(db: Db, id: string, now: string): PushKey | undefined {
  return FIND_LIVING.first(db, { id, now });
}

/** The key in the form that verifies signatures. */
export function toKeyObject({ publicKey }: PushKey): KeyObject {
  const x = Buffer.from(publicKey, 'base64').toString('base64url');
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
}

/** Makes the source of what a county pushes, where there is none yet. */
export function addPushSource(db: Db, county: County): void {
  ADD_SOURCE.run(db, { key: pushSourceKey(county), name: `${countyDefinition(county).label}推送`, county });
}

function createKey(db: Db, county: County, site: string, now: string): IssuedKey {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const keyId = `${county}-${randomBytes(6).toString('hex')}`;
  const sourceKey = pushSourceKey(county);
  const raw = Buffer.from(String(publicKey.export({ format: 'jwk' }).x), 'base64url').toString('base64');
  addPushSource(db, county);
  ADD.run(db, { id: keyId, county, sourceKey, publicKey: raw, createdAt: now });
  return { keyId, county, site, privateKey: String(privateKey.export({ type: 'pkcs8', format: 'pem' })) };
}
