import type { Category } from '#src/domain/categories.ts';
import { FACT_KEYS, type FactKey, factDefinition } from '#src/domain/facts.ts';
import { type Stage, type StagePhase, stageDefinition } from '#src/domain/stages.ts';

/** What a label names, and how specific it is: 0 is the most specific of its fact. */
export interface KnownLabel {
  key: FactKey;
  rank: number;
}

/** Labels that only mean the fact in notices of certain stages, or that feeds use beside those of `FACTS`. */
const MORE_LABELS: Partial<Record<FactKey, readonly string[]>> = {
  projectCode: ['采购计划编号', '招标项目编码', '标段编码'],
  lotCode: ['标段号', '标包号'],
  buyer: [
    '采购人信息',
    '招标人信息',
    '项目业主',
    '采购单位名称',
    '出让方',
    '转让人',
    '甲方',
    '采购人（甲方）',
    '采购机构',
  ],
  agency: ['采购代理机构名称', '招标代理机构名称', '采购代理机构信息', '招标代理单位'],
  supplier: [
    '中标供应商名称',
    '成交供应商名称',
    '中标人',
    '中标成交供应商',
    '中标成交供应商名称',
    '中标单位名称',
    '中标成交人',
    '供应商',
    '乙方',
    '供应商（乙方）',
    '受让单位',
    '竞得单位',
    '土地使用权人',
    '受让人名称',
    '交易对象',
  ],
  awardAmount: ['中标成交金额', '成交总价', '中标总价', '中标报价', '总成交金额'],
  budget: ['采购预算金额', '项目预算金额', '总预算', '预算总额', '预算', '估算价', '项目总投资', '采购项目预算'],
  ceilingPrice: ['最高限价金额', '招标最高限价', '拦标价', '采购最高限价'],
  deadline: [
    '投标文件提交截止时间',
    '投标文件递交的截止时间',
    '递交投标文件的截止时间',
    '提交投标文件的截止时间',
    '首次响应文件提交截止时间',
    '提交响应文件截止时间',
    '响应文件提交的截止时间',
    '投标截止日期',
    '提交首次响应文件截止时间',
    '递交截止时间',
    '提交截止时间',
    '报名截止日期',
    '竞买申请截止时间',
    '挂牌报价截止时间',
    '投标截止时间及开标时间',
  ],
  opening: ['开标日期', '响应文件开启时间', '开启日期', '投标截止时间及开标时间'],
  contractCode: ['合同号'],
  contractAmount: ['合同总金额', '合同价', '合同价款', '签约合同价'],
  contractPeriod: ['合同履约期限', '计划工期', '建设工期', '服务期', '供货期', '交付时间', '履行期限'],
  dealPrice: ['成交总价', '出让价款', '出让金', '成交地价', '成交金额', '成交价款'],
  listingPrice: ['转让标的底价', '首次挂牌价'],
  terminationReason: ['终止的原因', '终止采购原因', '流标的原因', '废标理由', '终止理由'],
  documentPeriod: ['招标文件的获取时间', '采购文件获取时间', '文件获取时间', '获取文件时间', '报名时间'],
};

const CANDIDATE_LABELS = [
  '第一中标候选人',
  '第二中标候选人',
  '第三中标候选人',
  '第一成交候选人',
  '第二成交候选人',
  '第三成交候选人',
  '中标候选人名称',
  '中标候选人',
  '成交候选人',
  '候选人名称',
  '候选人',
  '投标人名称',
  '投标人',
  '供应商名称',
];

/** Facts that only these phases state; elsewhere the same words stand in conditions and forms. */
const PHASES: Partial<Record<FactKey, readonly StagePhase[]>> = {
  supplier: ['award', 'contract', 'performance'],
  awardAmount: ['award', 'contract', 'performance'],
  dealPrice: ['award', 'contract', 'performance'],
  contractAmount: ['contract', 'performance'],
  contractCode: ['contract', 'performance'],
  deadline: ['tender', 'planning'],
  terminationReason: ['ended', 'tender'],
};
const LAND_FACTS: readonly FactKey[] = ['parcelNo', 'landArea', 'landUse', 'grantTerm', 'plotRatio', 'mineral'];
const DISPOSALS: ReadonlySet<Category> = new Set(['land', 'mining', 'property']);

/** Labels as they are compared: half-width, without blanks, numbering, brackets and words that only introduce. */
export function normaliseLabel(raw: string): string {
  return raw
    .normalize('NFKC')
    .replace(/[\s*•·●■◆▲★]+/g, '')
    .replace(/^(?:[((]?[一二三四五六七八九十\d]{1,3}[))、.．]+|\d+(?:\.\d+)+[、.]?|[①-⑳])+/, '')
    .replace(/\([^()]*\)|\[[^[\]]*\]/g, '')
    .replace(/[()[\]【】:：]/g, '')
    .replace(/^\d+(?:\.\d+)*(?=\p{Script=Han})/u, '')
    .replace(
      /^(?:原公告的?(?=采购|招标|项目)|本次(?:招标|采购)?|本项目(?:的)?|现|更正后的?|变更后的?|延期后的?)(?=\p{Script=Han}{2})/u,
      '',
    );
}

/** Labels of one kind of notice. Built once for each pair of category and stage. */
export function labelsOf(category: Category, stage: Stage): ReadonlyMap<string, KnownLabel> {
  const key = `${category}/${stage}`;
  const known = cache.get(key) ?? build(category, stage);
  cache.set(key, known);
  return known;
}

const cache = new Map<string, ReadonlyMap<string, KnownLabel>>();

function build(category: Category, stage: Stage): ReadonlyMap<string, KnownLabel> {
  const { phase } = stageDefinition(stage);
  const labels = new Map<string, KnownLabel>();
  const add = (key: FactKey, names: readonly string[], from = 0) => {
    for (const [index, name] of names.entries()) {
      const label = normaliseLabel(name);
      if (!labels.has(label)) labels.set(label, { key, rank: from + index });
    }
  };
  if (stage === 'candidateNotice') for (const name of CANDIDATE_LABELS) add('supplier', [name], 0);
  if (DISPOSALS.has(category) && PHASES.dealPrice?.includes(phase)) add('dealPrice', disposalPrices());
  for (const key of FACT_KEYS) {
    if (PHASES[key] && !PHASES[key].includes(phase)) continue;
    if (LAND_FACTS.includes(key) && category !== 'land' && category !== 'mining') continue;
    add(key, factDefinition(key).sourceLabels);
    add(key, MORE_LABELS[key] ?? [], factDefinition(key).sourceLabels.length);
  }
  return labels;
}

/** What is paid for a public asset is its deal price, by whatever name. */
function disposalPrices(): string[] {
  const award = factDefinition('awardAmount').sourceLabels.filter((label) => label.startsWith('成交'));
  return [...factDefinition('dealPrice').sourceLabels, ...(MORE_LABELS.dealPrice ?? []), ...award];
}
