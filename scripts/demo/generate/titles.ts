import type { Stage } from '#src/domain/stages.ts';
import type { ProjectDetails, ProjectEvent } from './model.ts';

const WORKS: Partial<Record<Stage, string>> = {
  tenderPlan: '招标计划',
  clarification: '澄清答疑公告',
  correctionNotice: '变更公告',
  openingRecord: '开标记录',
  candidateNotice: '中标候选人公示',
  awardNotice: '中标结果公告',
  contractNotice: '合同公告',
  performanceNotice: '合同履约信息公示',
};
const COMMON: Partial<Record<Stage, string>> = {
  procurementIntention: '采购意向公告',
  singleSourceNotice: '单一来源公示',
  correctionNotice: '更正公告',
  failureNotice: '流标公告',
  terminationNotice: '终止公告',
  suspensionNotice: '暂停公告',
  resumptionNotice: '恢复公告',
  contractNotice: '合同公告',
  acceptanceNotice: '履约验收公告',
  complaintDecision: '投诉处理结果公告',
  supervisionDecision: '监督检查处理结果公告',
  landOffering: '出让公告',
  landOfferingSupplement: '补充公告',
  landDealNotice: '成交公示',
  landResult: '出让结果公告',
  propertyPreDisclosure: '信息预披露公告',
  propertyListing: '挂牌公告',
  propertyListingChange: '挂牌延期公告',
  propertyDeal: '成交公告',
};

/** The words of a stage at the end of a title. */
function stageWords({ plan }: ProjectDetails, stage: Stage): string {
  const works = plan.category === 'construction';
  if (stage === 'tenderNotice')
    return works ? '招标公告' : `${plan.method === '框架协议' ? '框架协议征集' : plan.method}公告`;
  if (stage === 'awardNotice' && !works) return plan.method === '公开招标' ? '中标公告' : '成交结果公告';
  return (works ? WORKS[stage] : undefined) ?? COMMON[stage] ?? '公告';
}

/** A notice's title, and the same without the words of its stage. */
export function makeTitle(details: ProjectDetails, event: ProjectEvent): { title: string; bareTitle: string } {
  const land = details.plan.category === 'land';
  const repeat = event.round.number > 1 ? '（二次）' : '';
  const name = land ? details.name.replace(/(挂牌|拍卖)出让$/, '') : details.name;
  const words = stageWords(details, event.stage);
  const method = land && event.stage === 'landOffering' ? details.plan.method.slice(0, 2) : '';
  return {
    title: `${name}${repeat}${method}${words}${land ? `（${details.code}）` : ''}`,
    bareTitle: `${name}${repeat}${land ? `（${details.code}）` : ''}`,
  };
}
