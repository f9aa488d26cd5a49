import { openReadOnly } from '#db/client.ts';
import { CATEGORIES } from '#src/domain/categories.ts';
import { COUNTIES } from '#src/domain/counties.ts';
import { stageLabel } from '#src/domain/stage-label.ts';
import { noticeUrl } from '#src/domain/urls.ts';
import { databasePath } from '#src/server/db.ts';
import { type Doubt, listDoubts } from '#src/server/notices/doubts.ts';
import { claimOrExit } from './launch/claims.ts';

const HEADER = ['地址', '标题', '类别', '环节', '县（市、区）', '要素', '原文', '原因'];

function toCells(doubt: Doubt): string[] {
  const { noticeId, title, category, stage, county, fact, text, reason } = doubt;
  const place = [CATEGORIES[category].label, stageLabel(stage, category), COUNTIES[county].label];
  return [noticeUrl(noticeId), title, ...place, fact, text, reason];
}

/** A CSV line. Words of publishers never become formulas of a spreadsheet. */
function toLine(cells: readonly string[]): string {
  const safe = cells.map((cell) => (/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell));
  return safe.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',');
}

await claimOrExit('facts-doubts');
const db = openReadOnly(databasePath());
console.log(`\uFEFF${toLine(HEADER)}`);
for (const doubt of listDoubts(db)) console.log(toLine(toCells(doubt)));
db.$client.close();
