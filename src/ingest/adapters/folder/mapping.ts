import { z } from 'zod';
import { CATEGORY_SLUGS } from '#src/domain/categories.ts';
import { COUNTY_SLUGS } from '#src/domain/counties.ts';
import { STAGE_SLUGS } from '#src/domain/stages.ts';
import { exposureColumnSchema } from '../../formats/columns.ts';
import { parseJsonBytes } from '../../formats/json.ts';
import { FeedFormatError } from '../../types.ts';

/** What a column of a file holds. `field:标签` gives its values to the facts under that label; other columns count under their own header. */
const TARGETS = [
  'id',
  'title',
  'published',
  'modified',
  'county',
  'url',
  'originUrl',
  'body',
  'attachments',
  'projectCode',
  'lotCode',
  'ignore',
] as const;
export type Target = (typeof TARGETS)[number] | `field:${string}`;

const targetSchema = z.union([z.enum(TARGETS), z.templateLiteral(['field:', z.string().min(1)])]);

/** Kinds of cells that can be told from each other; a row whose cells contradict them has slipped. */
const KINDS = ['serial', 'number', 'yesNo', 'time', 'url'] as const;
export type CellKind = (typeof KINDS)[number];

const mappingSchema = z.strictObject({
  /** Header → what it holds. Several headers may hold the same: the first that is filled counts. */
  columns: z.record(z.string(), z.union([targetSchema, z.array(targetSchema)])),
  defaults: z.union([
    z.strictObject({
      category: z.enum(CATEGORY_SLUGS),
      stage: z.union([z.enum(STAGE_SLUGS), z.literal('mixed')]),
      county: z.enum(COUNTY_SLUGS).optional(),
    }),
    /** The rows are entries of the exposure board or the blacklist. */
    z.strictObject({ exposure: exposureColumnSchema, county: z.enum(COUNTY_SLUGS).optional() }),
  ]),
  /** Texts made of `{列名}`, instead of a column. */
  templates: z.strictObject({ title: z.string().optional(), id: z.string().optional() }).default({}),
  kinds: z.record(z.string(), z.enum(KINDS)).default({}),
  /** Rows that are items of one notice: those equal in `by`; each distinct item becomes a row of the body's table. */
  group: z.strictObject({ by: z.array(z.string()).min(1), items: z.array(z.string()).min(1) }).optional(),
});

export type Mapping = z.infer<typeof mappingSchema>;

/** The `mapping.json` of a folder. @throws FeedFormatError naming what is wrong with it */
export function parseMapping(bytes: Uint8Array): Mapping {
  const result = mappingSchema.safeParse(parseJsonBytes(bytes));
  if (result.success) return result.data;
  throw new FeedFormatError(`mapping.json 有误：${z.prettifyError(result.error)}`.slice(0, 500));
}

/** A header may be called `constructor`. */
function own<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

/** Kind of the cells below a header, when the mapping tells it. */
export function kindOf(mapping: Mapping, header: string): CellKind | undefined {
  return own(mapping.kinds, header);
}

/** What a header holds. Headers that are not mapped count under their own name. */
export function targetsOf(mapping: Mapping, header: string): readonly Target[] {
  const target = own(mapping.columns, header) ?? (`field:${header}` as const);
  return (Array.isArray(target) ? target : [target]) as Target[];
}
