import { looksLikePerson } from '../organizations/person-name.ts';
import { STAGES, type Stage } from '../stages.ts';
import type { TextFind } from './rules.ts';

/** Who judges bids, before the names. */
const LABEL =
  /(?:评标委员会|评审委员会|资格审查委员会|评审小组|磋商小组|谈判小组|询价小组|询价组|评审专家组?|评标专家组?|专家组)\s*(?:的)?(?:组成)?(?:成员|人员|专家)?\s*(?:名单|姓名|组成)?\s*(?:如下|为|是)?\s*[:：]?\s*/gu;
/** Two characters may stand apart, to be as wide as three. */
const NAME = /^(?:\p{Script=Han}[ \u3000]{1,2}\p{Script=Han}|\p{Script=Han}{2,4})(?!\p{Script=Han})/u;
const BETWEEN =
  /^(?:\s*[(（][^)）\n]{0,30}[)）])?\s*[、,，;；/\s]\s*(?:(?:组长|成员|专家|主任|采购人代表|业主代表)\s*[:：]\s*)?/u;
const ROLE = /^(?:组长|成员|专家|主任|采购人代表|业主代表)\s*[:：]\s*/u;
const MOST_NAMES = 15;
/** Words of two or three characters that stand behind such labels and name nobody. */
const NO_NAME =
  /^(?:由|依|按|应|共|的|将|从|对|在|和|与|及|根|负|推|认|经|随|抽|成|组|人|名|专|评|以|要|须|需|不|为|否|签|意|进|采|招|综|确|决)|(?:组成|抽取|负责|代表|专家|成员|委员|推荐|评审|评标|意见|名单|办法|标准|费用|劳务|以上|单数|依法|确定)$/u;

/** Are names of those who judge bids still secret at a stage? A sole source's public hearing has to name them (政府采购法实施条例 第三十八条). */
export function expertsAreSecret(stage: Stage): boolean {
  if (stage === 'singleSourceNotice') return false;
  const { phase } = STAGES[stage];
  return phase === 'planning' || phase === 'tender' || phase === 'opening' || stage === 'candidateNotice';
}

/** Names behind the labels of those who judge bids, each by itself. */
export function findExpertNames(text: string): TextFind[] {
  return [...text.matchAll(LABEL)].flatMap((match) => namesFrom(text, match.index + match[0].length));
}

function namesFrom(text: string, start: number): TextFind[] {
  const found: TextFind[] = [];
  let at = start + (ROLE.exec(text.slice(start, start + 12))?.[0].length ?? 0);
  while (found.length < MOST_NAMES) {
    const name = NAME.exec(text.slice(at, at + 12))?.[0];
    if (!name || !isName(name)) break;
    found.push({ rule: 'expertName', start: at, end: at + name.length });
    at += name.length;
    const gap = BETWEEN.exec(text.slice(at, at + 60))?.[0];
    if (!gap) break;
    at += gap.length;
  }
  return found;
}

function isName(text: string): boolean {
  const plain = text.replace(/[ \u3000]/gu, '');
  return looksLikePerson(plain) && !NO_NAME.test(plain);
}
