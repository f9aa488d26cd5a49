import { openReadOnly } from '#db/client.ts';
import { CATEGORIES } from '#src/domain/categories.ts';
import { stageLabel } from '#src/domain/notices/stage-label.ts';
import { noticeUrl } from '#src/domain/site/urls.ts';
import { listUnknownLabels, type UnknownLabel } from '#src/publish/facts/unknown-labels.ts';
import { databasePath } from '#src/server/db.ts';
import { claimOrExit } from './launch/claims.ts';

const HEADER = ['标签或表头', '公告数', '类别', '环节', '例'];

function toCells({ label, notices, category, stage, example }: UnknownLabel): string[] {
  return [label, String(notices), CATEGORIES[category].label, stageLabel(stage, category), noticeUrl(example)];
}

/** A CSV line. Words of publishers never become formulas of a spreadsheet. */
function toLine(cells: readonly string[]): string {
  const safe = cells.map((cell) => (/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell));
  return safe.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',');
}

await claimOrExit('facts-unknown');
const db = openReadOnly(databasePath());
console.log(`\uFEFF${toLine(HEADER)}`);
for (const label of listUnknownLabels(db)) console.log(toLine(toCells(label)));
db.$client.close();
