import { createPublicKey, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';
import type { Db } from '#db/client.ts';
import { type County, countyDefinition } from '#src/domain/counties/counties.ts';
import { findRow, listRows, run } from '#src/publish/statements.ts';

const DAY_MS = 86_400_000;

/** A key without its secret half. */
export interface PushKey {
  id: string;
  county: County;
  sourceKey: string;
  publicKey: string;
  createdAt: string;
  expiresAt: string | null;
  revokedAt: string | null;
}

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

const SOURCE = `
  INSERT INTO sources (key, name, county, adapter, settings, schedule, minimum_items)
  VALUES (?, ?, ?, 'push', '{}', '', 0) ON CONFLICT DO NOTHING`;
const KEY = 'INSERT INTO push_keys (id, county, source_key, public_key, created_at) VALUES (?, ?, ?, ?, ?)';
const LIVING = 'revoked_at IS NULL AND (expires_at IS NULL OR expires_at > ?)';
const COLUMNS = `SELECT id, county, source_key AS sourceKey, public_key AS publicKey, created_at AS createdAt,
  expires_at AS expiresAt, revoked_at AS revokedAt FROM push_keys`;

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
    const sql = `UPDATE push_keys SET expires_at = min(coalesce(expires_at, ?), ?) WHERE county = ? AND ${LIVING}`;
    if (run(db, sql, [end, end, county, now]).changes === 0)
      throw new PushKeyError('该县没有有效密钥，请用 issue 签发');
    return createKey(db, county, site, now);
  };
  return db.$client.transaction(rotate).immediate();
}

/** Ends keys at once: one, or all of a county. Returns how many. */
export function revokeKeys(db: Db, county: County, keyId: string | undefined, now: string): number {
  const sql = `UPDATE push_keys SET revoked_at = @now
    WHERE county = @county AND (@keyId IS NULL OR id = @keyId) AND revoked_at IS NULL`;
  return run(db, sql, { now, county, keyId: keyId ?? null }).changes;
}

/** All keys, or a county's, the newest last. */
export function listKeys(db: Db, county?: County): PushKey[] {
  const sql = `${COLUMNS} WHERE @county IS NULL OR county = @county ORDER BY county, created_at, id`;
  return listRows<PushKey>(db, sql, { county: county ?? null });
}

/** Whether signatures with the key count at an instant. */
export function isLiving({ expiresAt, revokedAt }: PushKey, now: string): boolean {
  return revokedAt === null && (expiresAt === null || expiresAt > now);
}

/** The key of an id, when it counts at an instant. */
export function findLivingKey(db: Db, id: string, now: string): PushKey | undefined {
  return findRow<PushKey>(db, `${COLUMNS} WHERE id = ? AND ${LIVING}`, id, now);
}

/** The key in the form that verifies signatures. */
export function toKeyObject({ publicKey }: PushKey): KeyObject {
  const x = Buffer.from(publicKey, 'base64').toString('base64url');
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
}

function createKey(db: Db, county: County, site: string, now: string): IssuedKey {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const keyId = `${county}-${randomBytes(6).toString('hex')}`;
  const sourceKey = pushSourceKey(county);
  const raw = Buffer.from(String(publicKey.export({ format: 'jwk' }).x), 'base64url').toString('base64');
  run(db, SOURCE, [sourceKey, `${countyDefinition(county).label}推送`, county]);
  run(db, KEY, [keyId, county, sourceKey, raw, now]);
  return { keyId, county, site, privateKey: String(privateKey.export({ type: 'pkcs8', format: 'pem' })) };
}
