import { parseArgs } from 'node:util';
import { openDatabase } from '#db/client.ts';
import { PublicError } from '#src/domain/errors.ts';
import { toLoginName } from '#src/domain/staff/login-name.ts';
import { linkUrl } from '#src/domain/staff/urls.ts';
import { getConfig } from '#src/server/config.ts';
import { databasePath } from '#src/server/db.ts';
import { createAccount, findByLoginName, resetAccount } from '#src/staff/accounts.ts';
import type { Doer } from '#src/staff/audit.ts';
import { makeLink } from '#src/staff/links.ts';
import { claimOrExit } from './launch/claims.ts';
import { operator } from './launch/operator.ts';

const USAGE = `用法：npm run staff:admin -- create --login 账号名 --name 姓名     建立全市管理员，打印设置密码的链接
      npm run staff:admin -- reset --login 账号名 --reason 原因     清除密码和动态口令，打印重新设置的链接`;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { login: { type: 'string' }, name: { type: 'string' }, reason: { type: 'string' } },
});
const [command] = positionals;
const loginName = toLoginName(values.login ?? '');
if (loginName === null || (command === 'create' ? !values.name : command !== 'reset' || !values.reason)) fail(USAGE);

await claimOrExit('staff-admin');
const db = openDatabase(databasePath());
const doer: Doer = {
  actor: operator('staff:admin'),
  roles: [],
  address: '',
  now: new Date().toISOString(),
};
try {
  const token = db.$client
    .transaction(() => makeLink(db, command === 'create' ? create().id : reset().id, doer.now))
    .immediate();
  console.log(`请在三天内打开下面的链接设置密码，只能用一次：\n${getConfig().STAFF_URL}${linkUrl(token)}`);
} catch (error) {
  if (!(error instanceof PublicError)) throw error;
  fail(error.message);
} finally {
  db.$client.close();
}

function create() {
  const displayName = values.name ?? '';
  return createAccount(
    db,
    doer,
    { loginName: loginName ?? '', displayName, county: null, roles: ['administrator'] },
    'command.administrator',
  );
}

function reset() {
  const { id, revision } = findByLoginName(db, loginName ?? '');
  return resetAccount(db, doer, { id, revision }, values.reason ?? '');
}

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}
