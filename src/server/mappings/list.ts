import { asc, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Db } from '#db/client.ts';
import { defineQuery } from '#db/query.ts';
import { codeMappings, sources } from '#db/schema/index.ts';
import { aliased, named } from '#db/sql-pieces.ts';
import { CATEGORY_SLUGS } from '#src/domain/categories.ts';
import type { County } from '#src/domain/counties/counties.ts';
import type { MappingKind, MappingTarget } from '#src/domain/mappings/mapping.ts';
import { ROLES, type Role } from '#src/domain/staff/roles.ts';
import { STAGE_SLUGS } from '#src/domain/stages.ts';
import type { Instant } from '#src/domain/time/time.ts';

const m = aliased(codeMappings, 'm');

/** A value of a source with what it means here. */
export interface MappingRow {
  kind: MappingKind;
  value: string;
  /** The source's own name for it. */
  label: string | null;
  target: MappingTarget;
  /** 0: it is part of the source's configuration. */
  version: number;
  /** The post in which it was decided; null for the configuration. */
  role: Role | null;
  /** Rule or document; null for the configuration. */
  basis: string | null;
  at: Instant | null;
}

/** The mapping table of a source: what counts, and what counted before. */
export interface SourceMapping {
  sourceKey: string;
  sourceName: string;
  county: County;
  current: MappingRow[];
  /** Earlier versions, the latest first. */
  earlier: MappingRow[];
}

const SOURCES = defineQuery((db) =>
  db
    .select({ key: sources.key, name: sources.name, county: sources.county, settings: sources.settings })
    .from(sources)
    .orderBy(asc(sources.county), asc(sources.key)),
);
const DECIDED = defineQuery((db) =>
  db
    .select({
      sourceKey: codeMappings.sourceKey,
      kind: codeMappings.kind,
      value: codeMappings.value,
      target: codeMappings.target,
      version: codeMappings.version,
      role: codeMappings.role,
      basis: codeMappings.basis,
      at: codeMappings.at,
      isLast: sql<number>`${codeMappings.version} = (SELECT max(${m.version}) FROM ${named(m)} WHERE ${m.sourceKey} = ${codeMappings.sourceKey} AND ${m.kind} = ${codeMappings.kind} AND ${m.value} = ${codeMappings.value})`,
    })
    .from(codeMappings)
    .innerJoin(sources, eq(sources.key, codeMappings.sourceKey))
    .orderBy(asc(codeMappings.id)),
);

/** Columns in the settings of sources, as far as they are mapped. Other settings stay inside. */
const COLUMNS = z.record(
  z.string(),
  z
    .object({
      label: z.string().optional(),
      category: z.enum(CATEGORY_SLUGS),
      stage: z.union([z.enum(STAGE_SLUGS), z.literal('mixed')]),
    })
    .nullable()
    .catch(null),
);

/** What the values of every source mean here, and by whose decision: public. */
export function listMappings(db: Db): SourceMapping[] {
  const decided = Map.groupBy(DECIDED.all(db), ({ sourceKey }) => sourceKey);
  return SOURCES.all(db).flatMap(({ key, name, county, settings }): SourceMapping[] => {
    const own = (decided.get(key) ?? []).map(({ sourceKey: _key, isLast, ...row }) => ({
      isLast: isLast === 1,
      row: { ...row, label: null },
    }));
    const configured = configuredOf(settings);
    const current = [...configured, ...own.filter(({ isLast }) => isLast).map(({ row }) => row)];
    const earlier = own.filter(({ isLast }) => !isLast).map(({ row }) => row);
    return current.length === 0
      ? []
      : [{ sourceKey: key, sourceName: name, county, current, earlier: earlier.reverse() }];
  });
}

function configuredOf({ columns }: Record<string, unknown>): MappingRow[] {
  const parsed = COLUMNS.safeParse(columns ?? {});
  return Object.entries(parsed.data ?? {}).flatMap(([value, column]): MappingRow[] => {
    if (!column) return [];
    const { label = null, category, stage } = column;
    return [
      { kind: 'column', value, label, target: { category, stage }, version: 0, role: null, basis: null, at: null },
    ];
  });
}

/** Who decided, in words: the post, never the name. */
export const decidedBy = ({ role }: MappingRow): string => (role ? ROLES[role] : '来源配置');
