import { isUscc } from '../identifiers/uscc.ts';

const CODE = /(?<![0-9A-Za-z])[1-9ANY][0-9A-HJ-NPQRTUWXY]{17}(?![0-9A-Za-z])/g;
/** A code stands at most this many characters after the name that it belongs to. */
const REACH = 160;
const LABEL =
  /^(?:(?:供应商|中标人|成交人|投标人|单位|企业|法人)?(?:统一)?(?:社会)?信用代码(?:证)?(?:号码?)?|组织机构代码|纳税人识别号|税号)(?:[（(]?或?组织机构代码[）)]?)?$/;
/** What may stand between a name and its code: the same party's address and contacts, each with its label. */
const OWN_DETAIL =
  /^(?:供应商|中标人|成交人|投标人|单位|企业|注册|联系|通讯|法定)?(?:地址|住所|联系人|联系方式|联系电话|电话|邮编|邮政编码|法定代表人|法人代表|企业性质|单位性质)/;
const SEPARATORS = /[\s:：,，;；、（(|]+/;

/**
 * Codes that a text gives beside names: directly behind the name, in the next cell or line, or behind the party's own
 * address and contacts. A name with two codes gets none: which one is right cannot be told.
 */
export function findCodesBeside(text: string, names: readonly string[]): ReadonlyMap<string, string> {
  const codes = [...text.matchAll(CODE)].filter(([code]) => isUscc(code));
  const found = new Map<string, Set<string>>();
  for (const { 0: code, index } of codes) {
    const name = findOwner(text.slice(Math.max(0, index - REACH), index), names);
    if (name) found.set(name, (found.get(name) ?? new Set()).add(code));
  }
  return new Map([...found].flatMap(([name, own]) => (own.size === 1 ? [[name, [...own][0] ?? '']] : [])));
}

/** The name that stands last before a code, when nothing but the party's own details lies between. */
function findOwner(before: string, names: readonly string[]): string | undefined {
  let owner: { name: string; from: number; end: number } | undefined;
  for (const name of names) {
    const from = before.lastIndexOf(name);
    const end = from + name.length;
    const isNearer = !owner || end > owner.end || (end === owner.end && name.length > owner.name.length);
    if (from >= 0 && isNearer) owner = { name, from, end };
  }
  if (!owner) return undefined;
  // Inside a longer name it is another organization's: 鼎新有限公司 in 济宁鼎新有限公司.
  const isWhole = !/[\p{Script=Han}A-Za-z0-9]$/u.test(before.slice(0, owner.from));
  return isWhole && isOwnDetails(before.slice(owner.end)) ? owner.name : undefined;
}

function isOwnDetails(between: string): boolean {
  if (between !== '' && !SEPARATORS.test(between.charAt(0))) return false;
  const pieces = between.split(/[\n\t;；]|(?<=\S)\s{2,}/).map((piece) => piece.trim());
  return pieces.every((piece) => {
    const words = piece.split(SEPARATORS).filter(Boolean);
    return words.length === 0 || OWN_DETAIL.test(words[0] ?? '') || words.every((word) => LABEL.test(word));
  });
}
