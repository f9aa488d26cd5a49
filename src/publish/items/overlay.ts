import { asc, eq } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineQuery } from '#db/query.ts';
import { codeMappings, itemFixes } from '#db/schema/index.ts';
import { CATEGORY_SLUGS } from '#src/domain/categories.ts';
import { COUNTY_SLUGS, countyDefinition } from '#src/domain/counties/counties.ts';
import { type Mappings, toMappings } from '#src/domain/mappings/mapping.ts';
import { stageFromTitle } from '#src/domain/notices/title-stage.ts';
import { STAGE_SLUGS } from '#src/domain/stages.ts';
import type { NoticeDraft } from '../draft.ts';
import { draftHash } from '../prepare/fingerprints.ts';

/** What of a list entry staff can put right. */
export const FIXABLE = {
  title: '标题',
  published: '发布时间',
  category: '交易类别',
  stage: '环节',
  county: '县（市、区）',
  projectCode: '项目编号',
} as const;
export type FixableField = keyof typeof FIXABLE;
export type ItemFields = Partial<Record<FixableField, string>>;

/** What staff decided about an item or its source, to be laid over its draft before it is judged. Plain data. */
export interface Overlay {
  mappings: Mappings;
  fields?: ItemFields | undefined;
  /** Whatever the source brings is of its own county. */
  speaksForItself: boolean;
}

/** What was decided about one source and its items. */
export interface SourceOverlay extends Omit<Overlay, 'fields'> {
  fixes: ReadonlyMap<string, { listHash: string; fields: ItemFields }>;
}

const MAPPINGS = defineQuery((db, p: Params<{ sourceKey: string }>) =>
  db
    .select({
      kind: codeMappings.kind,
      value: codeMappings.value,
      version: codeMappings.version,
      target: codeMappings.target,
    })
    .from(codeMappings)
    .where(eq(codeMappings.sourceKey, p.sourceKey)),
);
const FIXES = defineQuery((db, p: Params<{ sourceKey: string }>) =>
  db
    .select({ item: itemFixes.sourceItemId, listHash: itemFixes.listHash, fields: itemFixes.fields })
    .from(itemFixes)
    .where(eq(itemFixes.sourceKey, p.sourceKey))
    .orderBy(asc(itemFixes.id)),
);

/** Everything that staff decided about a source. */
export function loadOverlay(db: Db, source: { key: string; speaksForItself: boolean }): SourceOverlay {
  const fixes = FIXES.all(db, { sourceKey: source.key });
  return {
    mappings: toMappings(MAPPINGS.all(db, { sourceKey: source.key })),
    speaksForItself: source.speaksForItself,
    fixes: new Map(fixes.map(({ item, ...fix }) => [item, fix])),
  };
}

/** What counts for one list entry: a fix of another form of it does not. */
export function overlayOf({ fixes, ...own }: SourceOverlay, draft: NoticeDraft): Overlay {
  const fix = fixes.get(draft.sourceItemId);
  return fix?.listHash === draftHash(draft) ? { ...own, fields: fix.fields } : own;
}

/** A draft with what staff decided. What they put right counts before what they mapped. Entries of the exposure board stay as they are. */
export function layOver(draft: NoticeDraft, { mappings, fields = {}, speaksForItself }: Overlay): NoticeDraft {
  if (draft.exposure) return speaksForItself ? { ...draft, ownCounty: true } : draft;
  const title = fields.title ?? draft.title;
  const mapping = toMapping({ ...draft, title }, mappings, fields);
  const county = fields.county ?? mappings.counties[draft.countyText?.trim() ?? ''];
  const slug = COUNTY_SLUGS.find((each) => each === county);
  return {
    ...draft,
    title,
    ...(mapping ? { mapping } : {}),
    ...(slug ? { countyText: countyDefinition(slug).label } : {}),
    ...(fields.published === undefined ? {} : { published: { raw: fields.published, field: 'staff' } }),
    ...(fields.projectCode === undefined ? {} : { projectCode: fields.projectCode }),
    ...(speaksForItself ? { ownCounty: true } : {}),
  };
}

function toMapping(
  { mapping, column, title }: NoticeDraft,
  { columns, stages }: Mappings,
  fields: ItemFields,
): NoticeDraft['mapping'] {
  const found = mapping ?? columns[column.code];
  const category = CATEGORY_SLUGS.find((slug) => slug === fields.category) ?? found?.category;
  if (!category) return undefined;
  const fixed = STAGE_SLUGS.find((slug) => slug === fields.stage);
  const stage = fixed ?? found?.stage ?? 'mixed';
  const named = stage === 'mixed' ? stageFromTitle(title, category) : undefined;
  return { category, stage: stage === 'mixed' && !named ? (stages[column.code] ?? stage) : stage };
}
