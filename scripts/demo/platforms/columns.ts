import { isPurchase } from '#src/domain/categories.ts';
import { type Stage, stageDefinition } from '#src/domain/stages.ts';
import type { ColumnMapping } from '#src/publish/draft.ts';
import type { DemoCategory } from '../generate/model.ts';

/** A column 栏目 of a demonstration site: its code there, and what it holds. */
export interface Column {
  code: string;
  label: string;
  /** Absent for a column that nobody has mapped yet. */
  mapping?: ColumnMapping;
  stages: readonly Stage[];
}

/** Groups of stages that sites keep in one column, in the order in which a deal passes them. */
const GROUPS = {
  plan: { label: '计划（意向）', stages: ['tenderPlan', 'procurementIntention'] },
  tender: { label: '公告', stages: ['tenderNotice', 'singleSourceNotice'] },
  change: { label: '更正（变更）公告', stages: ['correctionNotice'] },
  clarify: { label: '澄清答疑', stages: ['clarification'] },
  opening: { label: '开标记录', stages: ['openingRecord'] },
  candidates: { label: '中标候选人公示', stages: ['candidateNotice'] },
  award: { label: '结果公告', stages: ['awardNotice'] },
  ended: {
    label: '异常公告',
    stages: ['failureNotice', 'terminationNotice', 'suspensionNotice', 'resumptionNotice'],
  },
  contract: {
    label: '合同与履约',
    stages: ['contractNotice', 'performanceNotice', 'acceptanceNotice', 'complaintDecision', 'supervisionDecision'],
  },
  offer: {
    label: '出让（挂牌）公告',
    stages: [
      'landOffering',
      'landOfferingSupplement',
      'propertyPreDisclosure',
      'propertyListing',
      'propertyListingChange',
    ],
  },
  deal: { label: '成交公告', stages: ['landDealNotice', 'landResult', 'propertyDeal'] },
} as const satisfies Record<string, { label: string; stages: readonly Stage[] }>;

export type ColumnGroup = keyof typeof GROUPS;

const TENDER_GROUPS: readonly ColumnGroup[] = [
  'plan',
  'tender',
  'change',
  'clarify',
  'opening',
  'candidates',
  'award',
  'ended',
  'contract',
];
const DISPOSAL_GROUPS: readonly ColumnGroup[] = ['offer', 'deal', 'ended'];
const WORKS_ONLY: readonly ColumnGroup[] = ['clarify', 'opening', 'candidates'];

/** What sites publish of each category. */
const PUBLISHED: Record<DemoCategory, readonly ColumnGroup[]> = {
  construction: TENDER_GROUPS,
  procurement: TENDER_GROUPS.filter((group) => !WORKS_ONLY.includes(group)),
  medical: TENDER_GROUPS.filter((group) => !WORKS_ONLY.includes(group)),
  general: TENDER_GROUPS.filter((group) => !WORKS_ONLY.includes(group)),
  land: DISPOSAL_GROUPS,
  property: DISPOSAL_GROUPS,
};

/** What a column with these stages is mapped to: one stage when it can hold only one in its category. */
function mappedStage(category: DemoCategory, stages: readonly Stage[]): Stage | 'mixed' {
  // Columns of sales are mixed whatever they are of; general trading has no purchases from a single source here.
  const has = (stage: Stage) =>
    stageDefinition(stage).categories.includes(category) && !(category === 'general' && stage === 'singleSourceNotice');
  const own = isPurchase(category) ? stages.filter(has) : stages;
  return own.length === 1 && own[0] ? own[0] : 'mixed';
}

/** All columns of a site; groups for which `codeOf` gives the same code of a category share a column. */
export function makeColumns(codeOf: (category: DemoCategory, group: ColumnGroup) => string): Column[] {
  const columns = new Map<string, Column>();
  for (const [category, groups] of Object.entries(PUBLISHED) as [DemoCategory, readonly ColumnGroup[]][]) {
    for (const group of groups) {
      const code = codeOf(category, group);
      const stages = [...(columns.get(code)?.stages ?? []), ...GROUPS[group].stages];
      const mapping = { category, stage: mappedStage(category, stages) };
      columns.set(code, { code, label: columns.get(code)?.label ?? GROUPS[group].label, mapping, stages });
    }
  }
  return [...columns.values()];
}

/** A column of a site that its source entry leaves unmapped: what stands in it is listed for mapping. */
export function unmappedColumn(code: string, label: string): Column {
  return { code, label, stages: [] };
}

/** The column map of a source's settings. */
export function toColumnMap(columns: readonly Column[]): Record<string, Partial<ColumnMapping> & { label: string }> {
  return Object.fromEntries(columns.map(({ code, label, mapping }) => [code, { ...mapping, label }]));
}
