import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { openDatabase } from '#db/client.ts';
import { COUNTIES, COUNTY_SLUGS, type County } from '#src/domain/counties/counties.ts';
import { getConfig } from '#src/server/config.ts';
import { databasePath } from '#src/server/db.ts';
import {
  type IssuedKey,
  isLiving,
  issueKey,
  listKeys,
  PushKeyError,
  revokeKeys,
  rotateKey,
} from '#src/server/push/keys.ts';
import { claimOrExit } from './launch/claims.ts';

const USAGE = `用法：npm run keys -- issue <县> [--out 文件]
      npm run keys -- list [县]
      npm run keys -- rotate <县> [--overlap 天数] [--out 文件]
      npm run keys -- revoke <县> [--key 密钥编号]
县：${COUNTY_SLUGS.join('、')}`;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { out: { type: 'string' }, overlap: { type: 'string', default: '7' }, key: { type: 'string' } },
});
const [command = '', name] = positionals;
const county = COUNTY_SLUGS.find((slug) => slug === name);
const now = new Date().toISOString();
await claimOrExit('keys');
const { SITE_URL: site } = getConfig();

try {
  if (name !== undefined && !county) fail(`没有这个县：${name}`);
  if (command === 'list') printKeys(county);
  else if (county && command === 'issue') writeKey(issueKey(openDatabase(databasePath()), county, site, now));
  else if (county && command === 'rotate') rotate(county);
  else if (county && command === 'revoke') revoke(county);
  else fail(USAGE);
} catch (error) {
  if (error instanceof PushKeyError) fail(error.message);
  throw error;
}

function rotate(of: County): void {
  const days = Number(values.overlap);
  if (!Number.isInteger(days) || days < 0 || days > 90) fail('重叠天数须为 0 到 90 的整数');
  writeKey(rotateKey(openDatabase(databasePath()), of, site, days, now));
  console.log(`旧密钥在 ${days} 天后失效。`);
}

function revoke(of: County): void {
  const count = revokeKeys(openDatabase(databasePath()), of, values.key, now);
  if (count === 0) fail('没有可吊销的密钥');
  console.log(`已吊销 ${count} 个密钥，立即生效。`);
}

/** The secret half is written once, readable by its owner only, and never over another file. */
function writeKey(key: IssuedKey): void {
  const path = resolve(values.out ?? `${key.keyId}.key.json`);
  writeFileSync(path, `${JSON.stringify(key, null, 2)}\n`, { flag: 'wx', mode: 0o600 });
  console.log(`${COUNTIES[key.county].label}的密钥 ${key.keyId} 已写入 ${path}。`);
  console.log('请用安全的方式交给该县，然后删除这个文件：本站不留副本。');
}

function printKeys(of: County | undefined): void {
  const keys = listKeys(openDatabase(databasePath()), of);
  if (keys.length === 0) console.log('还没有密钥。');
  for (const key of keys) {
    const end = key.revokedAt ? `吊销于 ${key.revokedAt}` : key.expiresAt ? `失效于 ${key.expiresAt}` : '长期';
    console.log(
      [isLiving(key, now) ? '有效' : '无效', key.id, COUNTIES[key.county].label, key.createdAt, end].join('\t'),
    );
  }
}

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}
