import { CATEGORIES } from '#src/domain/categories.ts';
import { COUNTIES } from '#src/domain/counties/counties.ts';
import { deadlineRemark, listedDeadline } from '#src/domain/deals/labels.ts';
import { amountLabel } from '#src/domain/facts/fact-text.ts';
import { factLabel } from '#src/domain/facts/fact-words.ts';
import { formatYuan } from '#src/domain/money/money.ts';
import { stageLabel } from '#src/domain/notices/stage-label.ts';
import { ORGANIZATION_ROLES, tendererRole } from '#src/domain/organizations/organization.ts';
import type { NoticeSummary } from '#src/domain/site/views.ts';
import { formatMomentWithWeekday } from '#src/domain/time/moment.ts';

/** What a notice is about, one line a fact; facts that are not known are left out. */
export function listLines(notice: NoticeSummary): string[] {
  const { category, stage, county, amountFen, amountKind, buyer, suppliers, tenderers, projectCode } = notice;
  const deadline = listedDeadline(notice);
  const remark = deadlineRemark(notice);
  const lines: [label: string, text: string | null | undefined][] = [
    ['类别', `${CATEGORIES[category].label} · ${stageLabel(stage, category)}`],
    ['县（市、区）', COUNTIES[county].label],
    [factLabel('buyer', category, stage), buyer],
    [factLabel('supplier', category, stage), suppliers.join('、')],
    [ORGANIZATION_ROLES[tendererRole(stage)], tenderers.join('、')],
    [amountLabel(amountKind, category, stage), amountFen === null ? null : formatYuan(amountFen)],
    [
      factLabel('deadline', category, stage),
      deadline && [formatMomentWithWeekday(deadline), remark && `（${remark}）`].join(''),
    ],
    ['项目编号', projectCode],
    ['来源', notice.sourceName],
  ];
  return lines.flatMap(([label, text]) => (text ? [`${label}：${text}`] : []));
}

/** Text without what XML 1.0 cannot carry: control characters, halves of surrogate pairs, the two non-characters. */
export function toXmlText(text: string): string {
  return text.toWellFormed().replace(/[[\p{Cc}\uFFFE\uFFFF]--[\t\n\r]]/gv, '');
}
