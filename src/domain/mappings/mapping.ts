import { CATEGORIES, type Category } from '../categories.ts';
import { COUNTIES, type County } from '../counties/counties.ts';
import { stageLabel } from '../notices/stage-label.ts';
import { STAGES, type Stage } from '../stages.ts';

/** Values of sources that staff can give a meaning: the code of a column, the stage of a mixed column's titles that name none, a place. */
export const MAPPING_KINDS = ['column', 'stage', 'county'] as const;
export type MappingKind = (typeof MAPPING_KINDS)[number];

export const MAPPING_LABELS: Record<MappingKind, string> = {
  column: '栏目',
  stage: '标题未写明环节的栏目',
  county: '区划名称',
};

/** What a value means here; `nothing`: a meaning was taken back. */
export type MappingTarget =
  | { category: Category; stage: Stage | 'mixed' }
  | { stage: Stage }
  | { county: County }
  | { nothing: true };

/** What the values of one source mean, by kind and value. Plain data, so that it can go to another thread. */
export interface Mappings {
  columns: Record<string, { category: Category; stage: Stage | 'mixed' }>;
  stages: Record<string, Stage>;
  counties: Record<string, County>;
}

export const NO_MAPPINGS: Mappings = { columns: {}, stages: {}, counties: {} };

/** A target in words. */
export function describeTarget(target: MappingTarget): string {
  if ('county' in target) return COUNTIES[target.county].label;
  if ('category' in target) {
    const { category, stage } = target;
    return `${CATEGORIES[category].label} · ${stage === 'mixed' ? '环节按标题' : stageLabel(stage, category)}`;
  }
  return 'stage' in target ? STAGES[target.stage].label : '已撤销';
}

/** Of a source's decisions the ones that count, laid out for use. @param rows any order; of a value the highest version counts */
export function toMappings(
  rows: readonly {
    kind: MappingKind;
    value: string;
    version: number;
    target: MappingTarget;
  }[],
): Mappings {
  const mappings: Mappings = { columns: {}, stages: {}, counties: {} };
  for (const { kind, value, target } of [...rows].sort((one, other) => one.version - other.version)) {
    const table = { column: mappings.columns, stage: mappings.stages, county: mappings.counties }[kind];
    delete table[value];
    if (kind === 'column' && 'category' in target) mappings.columns[value] = target;
    else if (kind === 'stage' && 'stage' in target && !('category' in target)) mappings.stages[value] = target.stage;
    else if (kind === 'county' && 'county' in target) mappings.counties[value] = target.county;
  }
  return mappings;
}
