import type { PublishedNotice } from '../notices/published-notice.ts';
import {
  awaited,
  contained,
  type Duty,
  expected,
  inapplicable,
  published,
  type RoundFacts,
  unchecked,
} from './duty.ts';

const OVER = '本次交易已失败或终止';

/** Items 2 to 8 of a round of construction. */
export function listConstructionDuties(facts: RoundFacts): Duty[] {
  const prequalification = facts.first('prequalificationNotice');
  const call = facts.first('tenderNotice');
  const candidates = facts.first('candidateNotice');
  const award = facts.first('awardNotice');
  const contract = facts.first('contractNotice');
  const change = facts.first('clarification', 'correctionNotice', 'failureNotice', 'terminationNotice');
  const performed = facts.first('performanceNotice');
  const later = facts.first('openingRecord', 'candidateNotice', 'awardNotice', 'contractNotice');
  return [
    prequalification ? published(2, prequalification) : inapplicable(2, '未见资格预审'),
    call
      ? published(3, call, facts.check('C-03'))
      : prequalification
        ? inapplicable(3, '以资格预审公告代替')
        : expected(3, later !== undefined, later ? '已有后续公告，未收到招标公告' : '尚未到这一环节'),
    candidates
      ? published(4, candidates, facts.check('C-07'))
      : orOver(4, facts, award, '已公布中标结果，未收到候选人公示'),
    award ? published(5, award) : orOver(5, facts, contract, '已有合同信息，未收到中标结果'),
    change ? published(6, change) : inapplicable(6, '未见澄清、修改或异常'),
    contract
      ? published(7, contract, facts.limit('D-01', facts.round.signedAt, contract.publishedAt))
      : contractDue(7, facts, award),
    performed ? published(8, performed) : contract ? expected(8, false, '合同履行中') : inapplicable(8, '尚未订立合同'),
  ];
}

/** Items 11 to 21 of a round of procurement. */
export function listProcurementDuties(facts: RoundFacts): Duty[] {
  const call = facts.first('tenderNotice', 'prequalificationNotice');
  const single = facts.first('singleSourceNotice');
  const award = facts.first('awardNotice', 'candidateNotice');
  const contract = facts.first('contractNotice');
  const intention = facts.first('procurementIntention');
  const correction = facts.first('correctionNotice', 'clarification');
  const ended = facts.first('failureNotice', 'terminationNotice');
  const accepted = facts.first('acceptanceNotice');
  const isNegotiated = /磋商|谈判|询价/.test(call ? methodText(call) : '');
  return [
    intention
      ? published(11, intention, facts.check('G-01'))
      : unchecked(11, '采购意向多按预算单位汇总公开，不能与项目对应'),
    budgetDuty(call ?? single),
    ...callDuties(facts, call, single, isNegotiated, award ?? contract),
    single
      ? published(15, single, facts.limit('G-07', single.publishedAt, award?.publishedAt ?? null))
      : inapplicable(15, '不是单一来源'),
    documentsDuty(facts, award),
    correction ? published(17, correction) : inapplicable(17, '未见更正'),
    award
      ? published(18, award, undefined, '应自确定供应商之日起 2 个工作日内公告；确定日期未公开，不能核对')
      : orOver(18, facts, contract, '已公告合同，未收到采购结果'),
    ended ? published(19, ended) : inapplicable(19, '未见终止或者废标'),
    contract ? published(20, contract, facts.check('G-13')) : contractDue(20, facts, award),
    accepted
      ? published(21, accepted)
      : contract
        ? expected(21, false, '尚未公布验收')
        : inapplicable(21, '尚未公告合同'),
  ];
}

const methodText = ({ title, facts }: PublishedNotice): string => facts.procurementMethod?.text ?? title;

/** Items 13 and 14: which of them is due hangs on the method. */
function callDuties(
  facts: RoundFacts,
  call: PublishedNotice | undefined,
  single: PublishedNotice | undefined,
  isNegotiated: boolean,
  later: PublishedNotice | undefined,
): Duty[] {
  if (single) return [inapplicable(13, '单一来源采购'), inapplicable(14, '单一来源采购')];
  const [own, other] = isNegotiated ? [14, 13] : [13, 14];
  const check = facts.check('G-04', 'G-08', 'G-09');
  const duty = call
    ? published(own, call, check, '公告未写明采购方式，不能判断适用的期限')
    : expected(own, later !== undefined, later ? '已有后续公告，未收到采购公告' : '尚未到这一环节');
  return [duty, inapplicable(other, isNegotiated ? '不是招标方式' : '是招标方式，或者方式未公开')].sort(
    (a, b) => a.item - b.item,
  );
}

function budgetDuty(call: PublishedNotice | undefined): Duty {
  if (!call) return expected(12, false, '尚未收到采购公告');
  const { budget, lots } = call.facts;
  const isInLots = lots?.entries?.some((row) => row.budget !== undefined) ?? false;
  if (budget?.doubt && !isInLots) return unchecked(12, '公告中的预算金额不能确定');
  if (budget || isInLots) return contained(12, call, '公告载明预算金额');
  return { ...expected(12, true, '公告未载明预算金额'), doneOn: null };
}

function documentsDuty(facts: RoundFacts, award: PublishedNotice | undefined): Duty {
  if (!award) return facts.isOver ? inapplicable(16, OVER) : expected(16, false, '随采购结果公开');
  const attached = facts.notices.some(({ attachments }) =>
    attachments.some(({ name }) => /(?:采购|招标|磋商|谈判|询价)(?:文件|通知书)/.test(name)),
  );
  return attached
    ? contained(16, award, '公告附有采购文件')
    : unchecked(16, '附件名称中没有采购文件，可能在其他平台公开');
}

/** What comes before something that is there is missing; what comes to nothing is not due. */
function orOver(item: number, facts: RoundFacts, after: PublishedNotice | undefined, reason: string): Duty {
  if (after) return expected(item, true, reason);
  return facts.isOver ? inapplicable(item, OVER) : expected(item, false, '尚未到这一环节，或者起算日期未公开');
}

function contractDue(item: number, facts: RoundFacts, award: PublishedNotice | undefined): Duty {
  if (!award) return facts.isOver ? inapplicable(item, OVER) : expected(item, false, '尚未公布结果');
  return awaited(item, award.publishedAt, item === 20 ? ['G-12', 'G-13'] : ['C-08', 'D-01'], facts);
}
