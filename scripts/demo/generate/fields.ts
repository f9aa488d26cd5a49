import type { Stage } from '#src/domain/stages.ts';
import { wanFull } from './amounts.ts';
import { totalBudget } from './bodies/tender.ts';
import { formatChineseDay, formatChineseTime } from './calendar.ts';
import type { ProjectDetails, ProjectEvent } from './model.ts';

const OPEN_STAGES = new Set<Stage>([
  'tenderNotice',
  'correctionNotice',
  'clarification',
  'resumptionNotice',
  'landOffering',
  'landOfferingSupplement',
  'propertyListing',
  'propertyListingChange',
]);

/** True for stages whose notices name a deadline that bidders can still meet. */
export function namesDeadline(stage: Stage): boolean {
  return OPEN_STAGES.has(stage);
}

/** The summary table of structured platforms (公告概要). */
export function makeFields(details: ProjectDetails, event: ProjectEvent): Record<string, string> {
  const fields: Record<string, string> = {
    项目名称: details.name,
    项目编号: details.code,
    采购单位: details.buyer.name,
    公告时间: formatChineseTime(event.publishedAt),
  };
  if (details.plan.category !== 'land') fields.代理机构名称 = details.agency.name;
  const { stage } = event;
  if (stage === 'tenderNotice') {
    fields.预算金额 = wanFull(totalBudget(details));
    fields.获取采购文件时间 = `${formatChineseDay(event.round.documentsFrom)}至${formatChineseDay(event.round.documentsTo)}`;
    fields.开标时间 = formatChineseTime(event.round.deadline);
  }
  if (stage === 'awardNotice') {
    fields.总中标金额 = wanFull(details.lots.reduce((sum, lot) => sum + (lot.bids[0]?.priceFen ?? 0), 0));
  }
  return fields;
}
