import { and, asc, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineQuery, defineSelect } from '#db/query.ts';
import { codeMappings, rawItems, sources, unknownCodes } from '#db/schema/index.ts';
import { aliased, named } from '#db/sql-pieces.ts';
import { CATEGORY_SLUGS } from '#src/domain/categories.ts';
import { COUNTY_SLUGS, type County } from '#src/domain/counties/counties.ts';
import { NotFoundError } from '#src/domain/errors.ts';
import { MAPPING_KINDS, MAPPING_LABELS, type MappingKind, type MappingTarget } from '#src/domain/mappings/mapping.ts';
import { STAGE_SLUGS } from '#src/domain/stages.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { decideMapping, findMapping } from '#src/publish/mappings/decide-mapping.ts';
import { type Owned, parseForm, type WorkList } from '../list.ts';
import { reasonField } from './reason.ts';

/** A value of a source that nothing maps, or that is mapped and may be mapped otherwise. */
export interface UnmappedCode extends Owned {
  list: 'codes';
  id: string;
  sourceKey: string;
  sourceName: string;
  kind: MappingKind;
  value: string;
  /** Title of an item that has it. */
  example: string;
  /** Rejected items of the source. */
  waiting: number;
  /** Version that counts; 0 where there is none. */
  version: number;
  target: MappingTarget | null;
  history: { version: number; target: MappingTarget; basis: string; at: Instant }[];
}

const u = aliased(unknownCodes, 'u');
const s = aliased(sources, 's');
const ROWS = defineSelect((p: Params<{ county: County | null }>) => ({
  fields: {
    sourceKey: u.sourceKey,
    kind: u.kind,
    value: u.value,
    example: u.example,
    count: u.count,
    since: u.firstSeenAt,
    county: s.county,
    sourceName: s.name,
  },
  rest: sql`FROM ${named(u)} JOIN ${named(s)} ON ${s.key} = ${u.sourceKey}
    WHERE ${u.kind} IN ('column', 'stage', 'county') AND (${p.county} IS NULL OR ${s.county} = ${p.county})`,
}));
type Key = { sourceKey: string; kind: MappingKind; value: string };
const FIND = defineQuery((db, p: Params<Key>) =>
  db
    .select({ example: unknownCodes.example })
    .from(unknownCodes)
    .where(
      and(eq(unknownCodes.sourceKey, p.sourceKey), eq(unknownCodes.kind, p.kind), eq(unknownCodes.value, p.value)),
    ),
);
const SOURCE = defineQuery((db, p: Params<{ key: string }>) =>
  db.select({ name: sources.name, county: sources.county }).from(sources).where(eq(sources.key, p.key)),
);
const WAITING = defineQuery((db, p: Params<{ sourceKey: string }>) =>
  db
    .select({ total: sql<number>`count(*)` })
    .from(rawItems)
    .where(and(eq(rawItems.sourceKey, p.sourceKey), eq(rawItems.state, 'rejected').inlineParams())),
);
const HISTORY = defineQuery((db, p: Params<Key>) =>
  db
    .select({
      version: codeMappings.version,
      target: codeMappings.target,
      basis: codeMappings.basis,
      at: codeMappings.at,
    })
    .from(codeMappings)
    .where(and(eq(codeMappings.sourceKey, p.sourceKey), eq(codeMappings.kind, p.kind), eq(codeMappings.value, p.value)))
    .orderBy(asc(codeMappings.version)),
);

/** The address of a value: it may hold anything. */
export const codeId = ({ sourceKey, kind, value }: Key): string =>
  Buffer.from(JSON.stringify([sourceKey, kind, value])).toString('base64url');

const ID = z.tuple([z.string(), z.enum(MAPPING_KINDS), z.string()]);
const FORM = z.object({
  act: z.enum(['map', 'withdraw'], '请选择要做的操作'),
  version: z.coerce.number('请刷新后再操作').int().min(0),
  category: z.enum(['', ...CATEGORY_SLUGS], '没有这个类别').default(''),
  stage: z.enum(['', 'mixed', ...STAGE_SLUGS], '没有这个环节').default(''),
  county: z.enum(['', ...COUNTY_SLUGS], '没有这个县区').default(''),
  reason: reasonField,
});

export const codes: WorkList<UnmappedCode> = {
  rows: (db, { county, after, limit }) =>
    ROWS.all(db, { county })
      .map(({ example, count, sourceName, ...row }) => ({
        id: codeId({ ...row, kind: row.kind as MappingKind }),
        title: `${MAPPING_LABELS[row.kind as MappingKind]} ${row.value}`,
        detail: `${sourceName}，出现 ${count} 次，例如：${example}`,
        county: row.county,
        since: row.since,
      }))
      .sort((one, other) => (one.since + one.id < other.since + other.id ? -1 : 1))
      .filter(({ since, id }) => since + id > after.since + after.id)
      .slice(0, limit),
  item: getCode,
  act(db, item, values, by) {
    const { act, version: seen, reason: basis, ...form } = parseForm(FORM, values);
    const target = act === 'withdraw' ? ({ nothing: true } as const) : toTarget(item.kind, form);
    const { sourceKey, kind, value } = item;
    const version = decideMapping(db, { sourceKey, kind, value, seen, target, basis, role: by.role }, by);
    return { reason: basis, details: { act, kind, value, version, target: JSON.stringify(target) } };
  },
};

const TARGETS: Record<MappingKind, z.ZodType<MappingTarget>> = {
  column: z.object({
    category: z.enum(CATEGORY_SLUGS, '请选择交易类别'),
    stage: z.enum(['mixed', ...STAGE_SLUGS], '请选择环节'),
  }),
  stage: z.object({ stage: z.enum(STAGE_SLUGS, '请选择环节') }),
  county: z.object({ county: z.enum(COUNTY_SLUGS, '请选择县区') }),
};

const toTarget = (kind: MappingKind, form: Record<string, string>): MappingTarget => parseForm(TARGETS[kind], form);

function getCode(db: Db, id: string): UnmappedCode {
  const [sourceKey, kind, value] = readId(id);
  const key = { sourceKey, kind, value };
  const source = SOURCE.first(db, { key: sourceKey });
  const found = FIND.first(db, key);
  const history = HISTORY.all(db, key);
  if (!source || (!found && history.length === 0)) throw new NotFoundError('没有这个代码');
  const current = findMapping(db, key);
  return {
    list: 'codes',
    ...{ id, sourceKey, sourceName: source.name, kind, value, counties: [source.county], history },
    title: `${MAPPING_LABELS[kind]} ${value}`,
    example: found?.example ?? '',
    waiting: WAITING.first(db, { sourceKey })?.total ?? 0,
    version: current?.version ?? 0,
    target: current?.target ?? null,
  };
}

function readId(id: string): z.output<typeof ID> {
  try {
    return ID.parse(JSON.parse(Buffer.from(id, 'base64url').toString()));
  } catch {
    throw new NotFoundError('没有这个代码');
  }
}
