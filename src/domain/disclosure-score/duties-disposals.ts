import { within } from '../time/moment.ts';
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
const UNCONFIRMED = '矿业权的期限规则尚待确认，不作核对';

/** Items 25 to 28 of a round of a grant of land. */
export function listLandDuties(facts: RoundFacts): Duty[] {
  const offering = facts.first('landOffering');
  const supplement = facts.first('landOfferingSupplement', 'correctionNotice', 'suspensionNotice');
  const deal = facts.first('landDealNotice');
  const result = facts.first('landResult');
  const closing = facts.round.deadline && within(facts.round.deadline);
  return [
    offering
      ? published(25, offering, facts.check('L-01'))
      : expected(25, deal !== undefined, '已有成交公示，未收到出让公告'),
    supplement ? published(26, supplement) : inapplicable(26, '未见补充、变更或中止'),
    deal
      ? published(27, deal, facts.check('L-03'))
      : facts.isOver
        ? inapplicable(27, OVER)
        : closing
          ? awaited(27, closing, ['L-03'], facts)
          : expected(27, false, '截止时间未公开'),
    result
      ? published(28, result)
      : deal
        ? unchecked(28, '出让合同的签订日期未公开，不能核对')
        : inapplicable(28, '尚未成交'),
  ];
}

/** Items 30, 32 and 33 of a round of a grant of mining rights. */
export function listMiningDuties(facts: RoundFacts): Duty[] {
  const offering = facts.first('miningOffering');
  const deal = facts.first('miningDealNotice');
  const registration = facts.first('miningRegistration');
  return [
    offering
      ? published(30, offering, undefined, UNCONFIRMED)
      : expected(30, deal !== undefined, '已有成交公示，未收到出让公告'),
    deal
      ? published(32, deal, undefined, UNCONFIRMED)
      : facts.isOver
        ? inapplicable(32, OVER)
        : unchecked(32, UNCONFIRMED),
    registration ? published(33, registration) : deal ? unchecked(33, UNCONFIRMED) : inapplicable(33, '尚未成交'),
  ];
}

/** Items 36 to 40 of a round of a sale of state property. */
export function listPropertyDuties(facts: RoundFacts): Duty[] {
  const before = facts.first('propertyPreDisclosure');
  const listing = facts.first('propertyListing');
  const change = facts.first('propertyListingChange', 'suspensionNotice', 'terminationNotice');
  const deal = facts.first('propertyDeal');
  return [
    before ? published(36, before) : inapplicable(36, '未见预披露；只有转移控制权时须预披露'),
    listing
      ? published(37, listing, facts.check('P-01', 'P-04a', 'P-04b'), '租赁、100 万元以下的资产等没有可核对的披露期')
      : expected(37, deal !== undefined, '已有成交公告，未收到挂牌披露'),
    change ? published(38, change) : inapplicable(38, '未见变更、中止或终结'),
    listing?.facts.appraisedValue
      ? contained(39, listing, '挂牌披露载明评估值')
      : unchecked(39, '挂牌披露未载明评估值；租赁等无须评估'),
    deal
      ? published(40, deal, undefined, '公告期满的日期未公开，不能核对')
      : facts.isOver
        ? inapplicable(40, OVER)
        : expected(40, false, '尚未成交'),
  ];
}
