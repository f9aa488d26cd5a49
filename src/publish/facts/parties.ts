import { looksLikePerson } from '#src/domain/organizations/person-name.ts';
import { remember } from '#src/domain/site/remember.ts';
import { COMPANY_END, NO_NAME, NO_PERSON, ORGANIZATION_END, SENTENCE_WORD } from './vocabulary/names.ts';

const PLACEHOLDER = /^(?:无|暂无|未提供|详见.*|见.*附件.*|同上|[-/—\s]*)$/;
const TAIL =
  /(?:[,，;；。\s]|^)\s*(?:地\s*址|单位地址|联系地址|联\s*系\s*人|联系方式|联系电话|电\s*话|邮\s*编|邮政编码|传\s*真|统一社会信用代码|法定代表人|开户|账号|项目负责人|得分|报价|投标报价|中标金额|成交金额|下浮).*$/s;
/** A label inside the value: `采购代理机构全称：甲`, `包为"甲仪"的成交供应商：乙`. */
const OWN_LABEL =
  /^[^：:]{0,50}(?:名\s*称|全\s*称|供应商|单位|机构|候选人|中标人|招标人|采购人|联系人|牵头人|牵头方|成员|成员单位|单位名|第[一二三四五\d]名)\s*(?:[（(][^（）()]{0,12}[）)])?\s*[:：]\s*/;
const RANK =
  /^(?:第[一二三四五六七八九十\d]+(?:名|(?:中标|成交|中选)?候选人)?|\d{1,2}[.、)）．](?!\d)|包\s*[\dA-Z一二三四五六七八九十]+|标段\s*\d+|[一二三四五六七八九十]+标段)\s*[:：.．、]?\s*/;
/** Brackets that say something about the party: seals, roles, sizes, contacts. */
const REMARK =
  /\s*[（(【](?:[^（）()【】]{0,12}(?:章|签字|签名|盖印)[^（）()【】]{0,8}|(?:小型|微型|中型|大型|小微|中小|监狱)企业|[^（）()【】]{0,8}(?:牵头|联合体|成员)[^（）()【】]{0,8}|主体|主办方|以下简?称[^（）()]{0,20}|简称[^（）()]{0,20}|下称[^（）()]{0,20}|(?:[^（）()【】]{0,6}(?:联系|电话|地址|邮编|统一社会信用|信用代码|法定代表)[^（）()【】]{0,80})|(?:中标|成交|中选)?(?:候选)?人(?:名称)?|[招采]标?购?人名称|如有|全称|单位名称|排名第.|第.名)[）)】]/g;
/** What is told of the party by labels: `甲公司（投标报价：5元；工期：90天）`. */
const TOLD = /(?<=公司|院|中心|厂|集团|所|社|部)\s*[（(][^（）()：:]{2,12}[：:][^（）()]{1,200}[）)]$/;
const UNCLOSED = /[（(【][^（）()【】]*$/;
const CODE_BEHIND = /\s*(?:统一社会信用代码|信用代码)?[:：]?\s*[（(]?[159][0-9A-HJ-NPQRTUWXY]{17}[）)]?$/;
const LONGEST_NAME = 100;

/** Name of one organization: without rank, own label, address, contacts and stamps. Undefined when it is none. */
export function cleanParty(raw: string): string | undefined {
  const bare = raw
    .replace(/[\u200b\ufeff]/g, '')
    .replace(/&&&[^&]*&&&/g, '')
    .replace(OWN_LABEL, '')
    .replace(RANK, '')
    .replace(OWN_LABEL, '')
    .replace(REMARK, '')
    .replace(TOLD, '');
  const name = atBlank(firstClause(bare).replace(TAIL, ''))
    .replace(CODE_BEHIND, '')
    .replace(/(?<=公司|院|中心|厂)(?:联合体|采购代理机构|招标代理机构)$/, '')
    .replace(UNCLOSED, '')
    // What the screen left of an identity number glued to a name.
    .replace(/[（(]?\d{0,6}\*{4,}.*$/s, '')
    .replace(/^[\s:：、,，"“”'《]+|[\s:：、,，;；。"“”'》]+$/g, '')
    .trim();
  if (name.length < 2 || name.length > LONGEST_NAME || PLACEHOLDER.test(name) || SENTENCE_WORD.test(name))
    return undefined;
  return /[\p{Script=Han}A-Za-z]{2}/u.test(name) && !/[：:]/.test(name) ? name : undefined;
}

/** `珠海市教育局 采购人`: a blank ends a name that is whole; a name told twice is told once. */
function atBlank(text: string): string {
  const blank = text.search(/\s|\|/);
  if (blank < 0) return text;
  const first = text.slice(0, blank);
  return isOrganization(first) && first.length >= 4 ? first : text;
}

/** What stands before the first comma or full stop outside brackets: names have none. */
function firstClause(text: string): string {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '（' || character === '(') depth += 1;
    else if ((character === '）' || character === ')') && depth > 0) depth -= 1;
    else if (depth === 0 && at > 1 && /[，。；;\n]/.test(character)) return text.slice(0, at);
    else if (depth === 0 && at > 3 && character === ',' && /\p{Script=Han}/u.test(text.charAt(at - 1)))
      return text.slice(0, at);
  }
  return text;
}

/** Does the text read like the name of an organization? Notes in brackets behind it do not matter. */
export const isOrganization = remember((text: string): boolean => {
  const name = text.replace(/\s/g, '').replace(/(?<=.)[（(][^（）()]*[）)](?=.{0,8}$)/, '');
  if (name.length < 3 || name.length > 80 || NO_NAME.test(name) || SENTENCE_WORD.test(name)) return false;
  if (/[：:，；;%＝=、]|\d{5}|^[\d第]/.test(name.replace(/^第[一二三四五六七八九十]/, ''))) return false;
  return /^[\p{Script=Han}A-Za-z0-9（）()·.,&、\-—“”]+$/u.test(name) && ORGANIZATION_END.test(name);
});

/** `北京市体育局本级行政`: an organization with a few words behind it that name a part of it. */
const WITH_PART =
  /^[\p{Script=Han}（）()]{4,40}(?:局|院|学校|大学|中学|小学|委员会|中心|公司|政府|办事处|医院|厅)[\p{Script=Han}]{1,6}$/u;
const NO_PART =
  /(?:项目|工程|采购|设备|服务|系统|公告|标段|改造|建设|维修|名称|地址|电话|联系|负责|招标|中标|公示|结果|监督|投诉|情况|信息|方式|附近|路|号|楼|层)/;

/** Can the text be a party at all: an organization, or a person where persons buy and win? */
export function isParty(text: string, persons: boolean): boolean {
  if (isOrganization(text) || (WITH_PART.test(text) && !NO_PART.test(text.slice(-6)))) return true;
  return (
    /^\p{Script=Han}{1,2}(?:公司|局|校|院)$/u.test(text) || (persons && looksLikePerson(text) && !NO_PERSON.test(text))
  );
}

/** A mark between two names, not one before what else is said. */
const NEXT_NAME =
  /(?<=公司|院|中心|厂|集团|所)(?:[，,]|\s*(?:与|和|及|以及)\s*|\s+|\s*[/／|+＋]\s*)(?=[^，,；;、。/\s]{4,40}(?:公司|院|中心|厂|集团|所|联合体)(?:$|[，,；;、（(/\s]))/g;
/** Members of a consortium in brackets behind the first of them. */
const IN_BRACKETS =
  /(?<=公司|院|所)[（(](?:(?:联合体)?成员(?:单位)?[:：])?((?!含|原|包括|以下|曾用|简称|子公司|分公司)[^（）()、，,]{6,60}(?:公司|研究院|设计院|院|事务所))[）)]/g;

/**
 * Names in one value, in order and without doubles: parted by 、 ； or line ends outside brackets, or numbered.
 * `（…、…）` stays whole.
 */
export function splitParties(text: string): string[] {
  const parted = text
    .replace(/(?<=公司|院|中心|厂|[）)])\s*\d{1,2}[.、．](?=\s*\p{Script=Han})/gu, '；')
    .replace(NEXT_NAME, '；')
    .replace(IN_BRACKETS, '；$1');
  const names = separate(parted).flatMap((part) => cleanParty(part) ?? []);
  const several = names.filter((name) => COMPANY_END.test(name)).length > 1;
  return [...new Set(several ? names.map((name) => name.replace(/联合体$/, '')) : names)];
}

function separate(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '（' || character === '(') depth += 1;
    if ((character === '）' || character === ')') && depth > 0) depth -= 1;
    if (depth > 0 || !/[、；;\n]/.test(character) || /^\d{1,2}、?$/.test(text.slice(from, at).trim())) continue;
    parts.push(text.slice(from, at));
    from = at + 1;
  }
  return [...parts, text.slice(from)];
}
