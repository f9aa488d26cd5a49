import type { Category } from '../categories.ts';
import type { NothingOf } from '../exhaustive.ts';
import { type Stage, stagesOf } from '../stages.ts';

/** What a title word says, before the category decides which stage that is. */
const WORDS = [
  [/合同(?:履行|履约|执行)?(?:及|和|与)?(?:变更|履约|履行)(?:信息)?/g, ['performanceNotice']],
  [/(?:履约)?验收(?:结果|报告|意见|信息)?/g, ['acceptanceNotice']],
  [/履约(?:信息|情况)?/g, ['performanceNotice']],
  [/(?:采购|中标|成交|施工|服务|框架)?合同(?:订立|签订)?(?:信息)?/g, ['contractNotice']],
  [/投诉(?:处理)?(?:结果|决定)?(?:书)?|行政裁决(?:书)?/g, ['complaintDecision']],
  [/监督检查(?:处理)?(?:结果|决定)?(?:书)?/g, ['supervisionDecision']],
  [/(?:流标|废标|(?:招标|采购|交易|拍卖|挂牌|竞价)失败)(?:结果)?/g, ['failureNotice']],
  [/终止(?:招标|采购|出让|交易|挂牌|转让|拍卖|公开招标|竞争性磋商|竞争性谈判)?|终结|撤牌/g, ['terminationNotice']],
  [/(?:中止|暂停)(?:招标|采购|出让|交易|挂牌|转让|拍卖)?/g, ['suspensionNotice']],
  [/恢复(?:招标|采购|出让|交易|挂牌|转让|拍卖)?/g, ['resumptionNotice']],
  [/(?:资格预审|资审)(?:评审)?结果/g, ['prequalificationResult']],
  [/资格预审(?:\(代招标\))?|资审/g, ['prequalificationNotice']],
  [/(?:澄清|答疑|补遗)(?:说明|文件|纪要|及修改)?/g, ['clarification']],
  [/补充/g, ['landOfferingSupplement', 'correctionNotice']],
  [/延期(?:开标|开启|拍卖|挂牌)?|展期/g, ['propertyListingChange', 'correctionNotice']],
  [/更正(?:事项)?|变更(?:事项)?|修正|更改|勘误/g, ['correctionNotice', 'propertyListingChange']],
  [/开标(?:记录|情况|结果)(?:表)?/g, ['openingRecord']],
  [/(?:中标|成交|中选|入围)?候选(?:人|单位|供应商)|预中标|评标结果|定标候选人/g, ['candidateNotice']],
  [/(?:公开)?出让结果|供地结果|供应结果/g, ['landResult', 'miningDealNotice', 'awardNotice']],
  [
    /(?:中标|成交|中选|入围|采购|招标|交易|拍卖|挂牌|竞价|评审|转让)\(?(?:成交)?\)?结果|中标|成交|中选|结果/g,
    ['awardNotice', 'landDealNotice', 'miningDealNotice', 'propertyDeal'],
  ],
  [/(?:矿业权|采矿权|探矿权)?登记(?:信息)?/g, ['miningRegistration']],
  [/(?:信息)?预披露/g, ['propertyPreDisclosure']],
  [/单一来源(?:采购)?(?:方式)?/g, ['singleSourceNotice']],
  [/采购意向(?:公开)?|(?:采购)?需求(?:意向)?(?:公开)?/g, ['procurementIntention']],
  [/招标(?:项目)?计划(?:信息)?/g, ['tenderPlan']],
  [/(?:土地|建设用地)?供应计划|供地计划/g, ['landSupplyPlan']],
  [/(?:挂牌|拍卖|招标)?出让/g, ['landOffering', 'miningOffering', 'propertyListing']],
  [
    /(?:公开)?(?:转让|挂牌|招租|出租|拍卖|竞租|竞价|招商)(?:披露|信息)?/g,
    ['propertyListing', 'landOffering', 'miningOffering', 'tenderNotice'],
  ],
  [
    /(?:公开|邀请|重新|二次|再次)?(?:招标|采购|磋商|谈判|询价|询比|比选|遴选|征集|竞争性磋商|竞争性谈判|框架协议|招募|议标|比价|交易)(?:采购)?/g,
    ['tenderNotice'],
  ],
] as const satisfies readonly (readonly [RegExp, readonly Stage[]])[];
/** Every stage has a word. */
export type UnnamedStage = NothingOf<Exclude<Stage, (typeof WORDS)[number][1][number]>>;

/** What makes a word the kind of the notice; a notice board (公告栏) is a thing to buy. */
const KIND = String.raw`(?:[([][^()[\]]{1,6}[)\]])?(?:的)?(?:结果)?(?:公告|公示)(?!栏|牌|屏|厅|板|系统|平台)`;
/** What may follow the last word: 书, ordinals, lots, serial numbers and brackets. */
const TAIL = String.raw`(?:书|函|通知)?(?:[\s\-—_第一二三四五六七八九十\d次号包标段。.]|\([^()]{0,20}\)|\[[^[\]]{0,20}\])*$`;
/** Words that name the stage without 公告; the others also end project names (设备采购, 生态恢复, 不动产登记). */
const BARE =
  /合同|履约验收|处理|书$|流标|废标|失败|终止|暂停|中止|资格预审|资审|澄清|答疑|补遗|延期|更正|勘误|开标|候选|预中标|结果|中标|成交|中选|预披露|意向|招标.*计划|供应计划|供地计划/;
/** 关于终止…的公告: the verb right after 关于 is the news. */
const VERB_FIRST = /^关于(终止|中止|暂停|恢复|变更|更正|延期)(?!设计|工程|项目).*的(?:公告|公示|通知|公告书)$/;
/** A closing bracket that corrects the title: 招标公告（更正）. */
const CLOSING_BRACKET = /[([]((?:更正|变更|终止|中止|暂停|恢复|延期|流标|废标|澄清|答疑|补充)[^()[\]]{0,6})[)\]]$/;

/**
 * The stage that a notice's title names itself, among the stages its category may have; undefined when it names none.
 * Only the last stage word right before 公告/公示 or at the end counts: words inside 「关于…的」 and inside project names
 * (合同能源管理项目, 变更设计) do not (docs/feeds.md#traps, 7).
 */
export function stageFromTitle(title: string, category: Category): Stage | undefined {
  const text = title.normalize('NFKC').replace(/\s+/g, ' ').trim();
  const special = VERB_FIRST.exec(text)?.[1] ?? CLOSING_BRACKET.exec(text)?.[1];
  const hit = special ? lastWord(special, '') : lastWord(text, text);
  const allowed = new Set(stagesOf(category));
  return hit?.find((stage) => allowed.has(stage));
}

/** What the stage word that ends last says; of several ending at one place the one that starts first. */
function lastWord(text: string, whole: string): readonly Stage[] | undefined {
  let best: { start: number; end: number; stages: readonly Stage[] } | undefined;
  for (const [word, stages] of WORDS) {
    word.lastIndex = 0;
    for (let match = word.exec(text); match; match = word.exec(text)) {
      const start = match.index;
      const end = start + match[0].length;
      if (whole && !names(match[0], whole.slice(0, start), whole.slice(end))) continue;
      if (!best || end > best.end || (end === best.end && start < best.start)) best = { start, end, stages };
    }
  }
  return best?.stages;
}

const BEFORE_KIND = new RegExp(`^${KIND}`);
const AT_END = new RegExp(`^${TAIL}`);

/** Whether a stage word at this place names the notice, rather than being part of a project's name. */
function names(word: string, before: string, after: string): boolean {
  if (BEFORE_KIND.test(after)) return true;
  const bare = BARE.test(word) || (/变更|更改|修正/.test(word) && /(?:公告|公示|文件|时间|招标|采购)的?$/.test(before));
  return bare && AT_END.test(after);
}
