import { z } from 'zod';
import { CATEGORY_SLUGS } from '#src/domain/categories.ts';
import { BLACKLIST_KEYS, BOARD_KEYS, RECORD_KIND_KEYS, SUBJECT_TYPE_KEYS } from '#src/domain/exposures/registry.ts';
import { STAGE_SLUGS, stageDefinition } from '#src/domain/stages.ts';
import type { ColumnMapping, NoticeDraft } from '#src/publish/draft.ts';

/** A column of the exposure board or the blacklist. */
export const exposureColumnSchema = z.strictObject({
  board: z.enum(BOARD_KEYS),
  kind: z.enum(RECORD_KIND_KEYS),
  list: z.enum(BLACKLIST_KEYS).optional(),
  subjectType: z.enum(SUBJECT_TYPE_KEYS).optional(),
});

/** One column of a site: its name there and, once someone has mapped it, what it holds. */
export const columnSchema = z
  .object({
    label: z.string().optional(),
    category: z.enum(CATEGORY_SLUGS).optional(),
    stage: z.union([z.enum(STAGE_SLUGS), z.literal('mixed')]).optional(),
    exposure: exposureColumnSchema.optional(),
  })
  .refine(
    ({ category, stage }) =>
      !category || !stage || stage === 'mixed' || stageDefinition(stage).categories.includes(category),
    '该交易类别没有这个环节',
  );

/** Column code → column. Codes mean different things on different sites, so every source carries its own map. */
export const columnsSchema = z.record(z.string().min(1), columnSchema);

export type Columns = z.infer<typeof columnsSchema>;

/** Column and mapping of a code: the entry of the code itself, else of its longest mapped prefix (`002001001` covers `002001001003`). */
export function findColumn(columns: Columns, code: string): Pick<NoticeDraft, 'column' | 'mapping' | 'exposure'> {
  const key = Object.keys(columns)
    .filter((prefix) => code.startsWith(prefix) && (code === prefix || (code.length - prefix.length) % 3 === 0))
    .sort((one, other) => other.length - one.length)[0];
  const column = key === undefined ? undefined : columns[key];
  const exposure = column?.exposure;
  return { column: { code, label: column?.label }, ...(exposure ? { exposure } : { mapping: toMapping(column) }) };
}

/**
 * Codes in the order in which to read their lists: those that tell the stage, those whose titles must, those nobody has mapped.
 * A notice that stands in several columns is taken from the first.
 */
export function columnCodes(columns: Columns): string[] {
  const rank = ({ category, stage, exposure }: Columns[string]) =>
    exposure ? 0 : category && stage ? (stage === 'mixed' ? 1 : 0) : 2;
  return Object.entries(columns)
    .sort(([, one], [, other]) => rank(one) - rank(other))
    .map(([code]) => code);
}

function toMapping(column: Columns[string] | undefined): ColumnMapping | undefined {
  return column?.category && column.stage ? { category: column.category, stage: column.stage } : undefined;
}
