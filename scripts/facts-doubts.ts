import { openReadOnly } from '#db/client.ts';
import { CATEGORIES } from '#src/domain/categories.ts';
import { COUNTIES } from '#src/domain/counties/counties.ts';
import { stageLabel } from '#src/domain/notices/stage-label.ts';
import { noticeUrl } from '#src/domain/site/urls.ts';
import { databasePath } from '#src/server/db.ts';
import { type Doubt, listDoubts } from '#src/server/notices/doubts.ts';
import { toCsvLine } from './csv-line.ts';
import { claimOrExit } from './launch/claims.ts';

const HEADER = ['地址', '标题', '类别', '环节', '县（市、区）', '要素', '原文', '原因'];

function toCells(doubt: Doubt): string[] {
  const { noticeId, title, category, stage, county, fact, text, reason } = doubt;
  const place = [CATEGORIES[category].label, stageLabel(stage, category), COUNTIES[county].label];
  return [noticeUrl(noticeId), title, ...place, fact, text, reason];
}

await claimOrExit('facts-doubts');
const db = openReadOnly(databasePath());
console.log(`\uFEFF${toCsvLine(HEADER)}`);
for (const doubt of listDoubts(db)) console.log(toCsvLine(toCells(doubt)));
db.$client.close();
