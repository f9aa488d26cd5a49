const PLACEHOLDER = /^(?:无|暂无|未提供|详见.*|见.*附件.*|同上|[-/—\s]*)$/;
const TAIL =
  /(?:[,，;；。\s]|^)\s*(?:地\s*址|单位地址|联系地址|联\s*系\s*人|联系方式|联系电话|电\s*话|邮\s*编|邮政编码|传\s*真|统一社会信用代码|法定代表人|开户|账号|项目负责人|得分|报价|投标报价|中标金额|成交金额).*$/s;
const SENTENCE = /[。！？!?]|应当|必须|不得|视为|可以|如有|是否|不予|须提供|按照|根据/;
const OWN_LABEL = /^(?:[（(]?\d{1,2}[）).、]\s*)?(?:单位)?(?:名\s*称|全称)\s*[:：]\s*/;
const RANK =
  /^(?:第[一二三四五六七八九十\d]+(?:名|(?:中标|成交)?候选人)?|\d{1,2}[.、)）]|包\s*[\dA-Z一二三四五六七八九十]+|标段\s*\d+|[一二三四五六七八九十]+标段)\s*[:：]?\s*/;

/** Name of one organization: without rank, own label, address, contacts and stamps. Undefined when it is none. */
export function cleanParty(raw: string): string | undefined {
  const name = firstClause(
    raw
      .replace(/[\u200b\ufeff]/g, '')
      .replace(/&&&[^&]*&&&/g, '')
      .replace(OWN_LABEL, '')
      .replace(RANK, ''),
  )
    .replace(TAIL, '')
    .replace(
      /[（(](?:(?:小型|微型|中型|大型|小微|中小)企业|盖章|公章|单位公章|签章|牵头人?|联合体(?:牵头人|牵头方|成员\d*)?|成员(?:单位)?|主体|主办方)[）)]/g,
      '',
    )
    .replace(/\s*(?:统一社会信用代码)?[:：]?\s*[（(]?[159][0-9A-HJ-NPQRTUWXY]{17}[）)]?$/, '')
    .replace(/(?<=公司|院|中心|厂)联合体$/, '')
    .replace(/[（(][^（）()]*$/, '')
    // What the screen left of an identity number glued to a name.
    .replace(/[（(]?\d{0,6}\*{4,}.*$/s, '')
    .replace(/^[\s:：、,，]+|[\s:：、,，;；。]+$/g, '')
    .trim();
  if (name.length < 2 || name.length > 100 || PLACEHOLDER.test(name) || SENTENCE.test(name)) return undefined;
  return /[\p{Script=Han}A-Za-z]{2}/u.test(name) ? name : undefined;
}

/** What stands before the first comma or full stop outside brackets: names have none. */
function firstClause(text: string): string {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '（' || character === '(') depth += 1;
    else if ((character === '）' || character === ')') && depth > 0) depth -= 1;
    else if (depth === 0 && at > 1 && /[，。；]/.test(character)) return text.slice(0, at);
  }
  return text;
}

const ORGANIZATION =
  /(?:公司|集团|院|厂|中心|所|店|社|局|委员会|联合体|事务所|大学|学校|中学|小学|医院|银行|部|站|处|行|场|馆|户|坊|队|室|办公室|政府|协会)$/;

/** Does the text read like the name of an organization? Notes in brackets behind it do not matter. */
export function isOrganization(text: string): boolean {
  const name = text.replace(/\s/g, '').replace(/[（(][^（）()]*[）)]$/, '');
  return name.length >= 4 && name.length <= 80 && ORGANIZATION.test(name);
}

/** A comma between two names, not one before what else is said. */
const NEXT_NAME = /(?<=公司|院|中心|厂)[，,](?=[^，,；;、。]{4,40}(?:公司|院|中心|厂)(?:$|[，,；;、（(]))/g;

/**
 * Names in one value, in order and without doubles: parted by 、 ； or line ends outside brackets, or numbered.
 * `（…、…）` stays whole.
 */
export function splitParties(text: string): string[] {
  const names = separate(text.replace(NEXT_NAME, '；')).flatMap((part) => cleanParty(part) ?? []);
  return [...new Set(names)];
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
