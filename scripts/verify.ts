import { openReadOnly } from '#db/client.ts';
import { redactPersonalData } from '#src/domain/personal-data/redact.ts';
import { NOTICE_READER } from '#src/publish/facts/reading.ts';
import { followHolidayPlans } from '#src/server/calendar.ts';
import { getConfig } from '#src/server/config.ts';
import { databasePath } from '#src/server/db.ts';
import { bulkCheck } from '#src/server/verify/bulk.ts';
import type { CheckResult } from '#src/server/verify/check.ts';
import { engineCheck, findRunningEngine } from '#src/server/verify/engine-index.ts';
import { exposurePersonalDataCheck } from '#src/server/verify/exposures.ts';
import { filesCheck } from '#src/server/verify/files.ts';
import { personalDataCheck } from '#src/server/verify/personal-data.ts';
import { logChecks } from '#src/server/verify/publication-log.ts';
import { readingCheck } from '#src/server/verify/reading.ts';
import { DATABASE_CHECKS, verifyInvariants } from '#src/server/verify/verify.ts';
import { claimOrExit } from './launch/claims.ts';

await claimOrExit('verify');
const db = openReadOnly(databasePath());
followHolidayPlans(db);
const engine = await findRunningEngine(getConfig());
const checks = [
  ...DATABASE_CHECKS,
  readingCheck(NOTICE_READER),
  personalDataCheck((text) => redactPersonalData(text).masked),
  exposurePersonalDataCheck((text) => redactPersonalData(text).masked),
  bulkCheck(getConfig().DATA_DIR),
  filesCheck(getConfig().DATA_DIR),
  ...logChecks(getConfig().DATA_DIR),
  ...(engine ? [engineCheck(engine)] : []),
];
const results = await verifyInvariants(db, checks, print);
if (!engine) console.log('跳过  engine-index      没有运行中的搜索引擎');
db.$client.close();
const broken = results.filter(({ breaches }) => breaches > 0).length;
console.log(broken === 0 ? `全部 ${results.length} 项成立。` : `${results.length} 项中有 ${broken} 项不成立。`);
process.exitCode = broken === 0 ? 0 : 1;

function print({ key, title, breaches, examples }: CheckResult): void {
  console.log(
    `${breaches === 0 ? '成立' : '不成立'}  ${key.padEnd(16)}  ${title}${breaches > 0 ? `（${breaches} 处）` : ''}`,
  );
  for (const example of examples) console.log(`        ${example}`);
}
