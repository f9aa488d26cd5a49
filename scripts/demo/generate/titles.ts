import type { DemoStage, ProjectDetails, ProjectEvent } from './model.ts';

/** The words of a stage at the end of a title, where works have words of their own first. */
const WORDS: Record<DemoStage, readonly [works: string, others: string]> = {
  tenderPlan: ['招标计划', '公告'],
  procurementIntention: ['采购意向公告', '采购意向公告'],
  tenderNotice: ['招标公告', '公告'],
  singleSourceNotice: ['单一来源公示', '单一来源公示'],
  clarification: ['澄清答疑公告', '公告'],
  correctionNotice: ['变更公告', '更正公告'],
  openingRecord: ['开标记录', '公告'],
  candidateNotice: ['中标候选人公示', '公告'],
  awardNotice: ['中标结果公告', '成交结果公告'],
  failureNotice: ['流标公告', '流标公告'],
  terminationNotice: ['终止公告', '终止公告'],
  suspensionNotice: ['暂停公告', '暂停公告'],
  resumptionNotice: ['恢复公告', '恢复公告'],
  contractNotice: ['合同公告', '合同公告'],
  performanceNotice: ['合同履约信息公示', '公告'],
  acceptanceNotice: ['履约验收公告', '履约验收公告'],
  complaintDecision: ['投诉处理结果公告', '投诉处理结果公告'],
  supervisionDecision: ['监督检查处理结果公告', '监督检查处理结果公告'],
  landOffering: ['出让公告', '出让公告'],
  landOfferingSupplement: ['补充公告', '补充公告'],
  landDealNotice: ['成交公示', '成交公示'],
  landResult: ['出让结果公告', '出让结果公告'],
  propertyPreDisclosure: ['信息预披露公告', '信息预披露公告'],
  propertyListing: ['挂牌公告', '挂牌公告'],
  propertyListingChange: ['挂牌延期公告', '挂牌延期公告'],
  propertyDeal: ['成交公告', '成交公告'],
};

/** The words of a stage at the end of a title; purchases that are no works name their method. */
function stageWords({ plan: { category, method } }: ProjectDetails, stage: DemoStage): string {
  const [works, others] = WORDS[stage];
  if (category === 'construction') return works;
  if (stage === 'tenderNotice') return `${method === '框架协议' ? '框架协议征集' : method}公告`;
  const isWon = others === WORDS.awardNotice[1] && method === '公开招标';
  return isWon ? '中标公告' : others;
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
