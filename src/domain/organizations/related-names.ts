import { COUNTY_SLUGS, countyDefinition } from '../counties/counties.ts';
import { nameKey } from './name-key.ts';

const PLACES = COUNTY_SLUGS.flatMap((slug) => {
  const { label, short, formerNames } = countyDefinition(slug);
  return [label, short, ...formerNames];
});
/** A place at the head of a name: a county of this city, or any words that end like one. */
const PLACE = new RegExp(
  `^(?:中国|山东省?|济宁市?|${PLACES.toSorted((a, b) => b.length - a.length).join('|')}|\\p{Script=Han}{2,3}[省市县区])(?:[市县区])?`,
  'u',
);
const BRACKETED = /\([^()]*\)/gu;
/** Legal forms and kinds of bodies at the end of a name. */
const FORM =
  /(?:股份|集团|控股|有限|责任|公司|总公司|分公司|合作社|专业|事务所|分院|研究院|设计院|中心|工厂|厂|店|商行|经营部|服务部|个体工商户)+$/u;
/** Words for what a firm does: thousands of firms have them. */
const TRADE =
  /(?:建设|建筑|工程|建工|安装|装饰|装修|市政|园林|绿化|路桥|水利|电力|电子|电气|科技|技术|信息|网络|软件|智能|自动化|机械|设备|器械|医疗|医药|药业|商贸|贸易|物资|实业|发展|投资|置业|房地产|物业|管理|咨询|服务|监理|造价|招标|代理|项目|设计|勘察|测绘|规划|环境|环保|检测|教育|文化|传媒|广告|印刷|家具|食品|餐饮|农业|运输|物流|汽车|能源|材料|建材|消防|保安|劳务|人力资源|国际|综合|新型)/gu;

/** What is a name's own: without place, brackets, legal form and line of business; its letters in the form of `nameKey`. */
export function nameCore(name: string): string {
  let rest = nameKey(name).replace(BRACKETED, '');
  for (
    let shorter = rest.replace(PLACE, '');
    shorter.length >= 2 && shorter !== rest;
    shorter = rest.replace(PLACE, '')
  ) {
    rest = shorter;
  }
  return rest.replace(FORM, '').replace(TRADE, '');
}

/**
 * Can two names beside one code be names of one organization? They are related when their cores are the same, when one holds the other,
 * or when they share two letters in a row; a misprint of one letter in three is related too. A name whose core is empty (第一建筑公司 of a
 * place) is related to whatever shares its line of business. Everything else is a doubt: as often a wrong code as a new name.
 */
export function isRelatedName(one: string, other: string): boolean {
  const [a, b] = [nameCore(one), nameCore(other)];
  if (a === '' || b === '') return sharesPair(nameKey(one).replace(PLACE, ''), nameKey(other).replace(PLACE, ''));
  return a === b || a.includes(b) || b.includes(a) || sharesPair(a, b) || isMisprint(a, b);
}

function sharesPair(a: string, b: string): boolean {
  const letters = [...a];
  return letters.some((letter, at) => at + 1 < letters.length && b.includes(letter + letters[at + 1]));
}

/** Same length of three or more, one letter another. */
function isMisprint(a: string, b: string): boolean {
  const [one, other] = [[...a], [...b]];
  return (
    one.length >= 3 && one.length === other.length && one.filter((letter, at) => letter !== other[at]).length === 1
  );
}

/**
 * Does a text say that one of two names became the other? `X（原名：Y）`, `Y更名为X`, `Y名称变更为X`, `X，曾用名Y`, in either direction.
 */
export function statesRenaming(text: string, one: string, other: string): boolean {
  const key = nameKey(text);
  const [a, b] = [nameKey(one), nameKey(other)].map(escapePattern) as [string, string];
  const says = (old: string, now: string) =>
    `${old}.{0,20}?(?:更名|改名|变更|改制)为${now}|${now}.{0,4}?(?:原名称?|曾用名称?|前身|原)[为是]?${old}`;
  return new RegExp(`${says(a, b)}|${says(b, a)}`, 'u').test(key);
}

const escapePattern = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
