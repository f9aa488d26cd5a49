import { z } from 'zod';
import { CATEGORY_SLUGS } from '#src/domain/categories.ts';
import { COUNTY_SLUGS } from '#src/domain/counties/counties.ts';
import { STAGE_SLUGS } from '#src/domain/stages.ts';
import { parseFeedTime } from '#src/domain/time/feed-time.ts';
import { FeedFormatError } from '#src/formats/format-error.ts';
import { parseJsonBytes } from '#src/formats/json.ts';
import { exposureColumnSchema } from '../common/columns.ts';

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
  'category',
  'stage',
  'ignore',
] as const;
export type Target = (typeof TARGETS)[number] | `field:${string}`;

const timeSchema = z.string().refine((text) => parseFeedTime(text) !== undefined, '不是日期或时间');

const targetSchema = z.union([z.enum(TARGETS), z.templateLiteral(['field:', z.string().min(1)])]);

/** Kinds of cells that can be told from each other; a row whose cells contradict them has slipped. */
const KINDS = ['serial', 'number', 'yesNo', 'time', 'url'] as const;
export type CellKind = (typeof KINDS)[number];

/** Targets whose values can be mapped. */
const VALUED = ['category', 'stage', 'county', 'published'] as const;
export type ValuedTarget = (typeof VALUED)[number];

const mappingSchema = z
  .strictObject({
    /** Header → what it holds. Several headers may hold the same: the first that is filled counts. */
    columns: z.record(z.string(), z.union([targetSchema, z.array(targetSchema)])),
    /** For rows whose own columns do not say it. */
    defaults: z.union([
      z.strictObject({
        category: z.enum(CATEGORY_SLUGS).optional(),
        stage: z.union([z.enum(STAGE_SLUGS), z.literal('mixed')]).optional(),
        county: z.enum(COUNTY_SLUGS).optional(),
        published: timeSchema.optional(),
      }),
      /** The rows are entries of the exposure board or the blacklist. */
      z.strictObject({
        exposure: exposureColumnSchema,
        county: z.enum(COUNTY_SLUGS).optional(),
        published: timeSchema.optional(),
      }),
    ]),
    /** What values of a column stand for: `{ "category": { "工程类": "construction" } }`. Our own names and labels need no entry. */
    values: z.partialRecord(z.enum(VALUED), z.record(z.string(), z.string())).default({}),
    /** Texts made of `{列名}`, instead of a column. */
    templates: z.strictObject({ title: z.string().optional(), id: z.string().optional() }).default({}),
    kinds: z.record(z.string(), z.enum(KINDS)).default({}),
    /** Rows that are items of one notice: those equal in `by`; each distinct item becomes a row of the body's table. */
    group: z.strictObject({ by: z.array(z.string()).min(1), items: z.array(z.string()).min(1) }).optional(),
  })
  .superRefine(({ columns, defaults, values }, context) => {
    const fault = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message });
    for (const [target, known] of [
      ['category', CATEGORY_SLUGS],
      ['stage', [...STAGE_SLUGS, 'mixed']],
    ] as const) {
      if ('exposure' in defaults) break;
      const isColumn = Object.values(columns).flat().includes(target);
      if (!defaults[target] && !isColumn) fault(['defaults', target], `没有给出 ${target}，也没有列说明它`);
      for (const [text, slug] of Object.entries(values[target] ?? {})) {
        if (!(known as readonly string[]).includes(slug)) fault(['values', target, text], `没有这个取值：${slug}`);
      }
    }
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

/** Number behind a header that stands more than once. */
const NUMBERED = /（\d+）$/;

/** What the mapping says of a header, or of the first column of its name. */
function entryOf<T>(record: Readonly<Record<string, T>>, header: string): T | undefined {
  return own(record, header) ?? own(record, header.replace(NUMBERED, ''));
}

/** Kind of the cells below a header, when the mapping tells it. */
export function kindOf(mapping: Mapping, header: string): CellKind | undefined {
  return entryOf(mapping.kinds, header);
}

/** What a header holds. Headers that are not mapped count under their own name; facts of a second column of one name keep its number. */
export function targetsOf(mapping: Mapping, header: string): readonly Target[] {
  const target = entryOf(mapping.columns, header) ?? (`field:${header}` as const);
  const targets = (Array.isArray(target) ? target : [target]) as Target[];
  const number = own(mapping.columns, header) === undefined ? (NUMBERED.exec(header)?.[0] ?? '') : '';
  return targets.map(
    (each) => (each.startsWith('field:') && number && !each.endsWith(number) ? `${each}${number}` : each) as Target,
  );
}

/** What a value of a column stands for; undefined when the mapping does not say. */
export function meaningOf(mapping: Mapping, target: ValuedTarget, text: string): string | undefined {
  return own(mapping.values[target] ?? {}, text);
}
