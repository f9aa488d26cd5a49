import { z } from 'zod';
import { startOfDay } from '../time/time.ts';

/** What every parameter of a list says of itself, to people and to programs. */
export interface ParameterDefinition<Schema extends z.ZodType = z.ZodType> {
  /** Text of a query parameter to a value. */
  schema: Schema;
  label: string;
  /** What the API reference says of it besides its schema, and a value to try. */
  note: string;
  example: string | number;
}

/** What the form of a list asks a value by. */
export type FormField =
  | { label: string; input: 'text' | 'search'; maxLength: number }
  | { label: string; input: 'date' }
  | { label: string; input: 'select'; options: readonly (readonly [value: string, label: string])[] };

/** A parameter, and how a form asks for it; `kept`: not at all, or by the path. */
export interface FormParameter<Schema extends z.ZodType = z.ZodType> extends ParameterDefinition<Schema> {
  control: 'kept' | FormField;
}

/** The fields of a list's form, in the order of its table. */
export function listFields<Key extends string>(table: Record<Key, FormParameter>): (FormField & { name: Key })[] {
  return (Object.keys(table) as Key[]).flatMap((name) => {
    const { control } = table[name];
    return control === 'kept' ? [] : [{ ...control, name }];
  });
}

/** Definitions of the parameters of one kind of list, in the order in which they stand in addresses. */
export type ParameterTable = Record<string, ParameterDefinition>;

/** What parameters come to: every one may be absent. */
export type ParametersOf<Table extends ParameterTable> = { [Key in keyof Table]?: z.output<Table[Key]['schema']> };

type ShapeOf<Table extends ParameterTable> = { [Key in keyof Table]: z.ZodOptional<Table[Key]['schema']> };

/** The schema of a whole query: unknown parameters are refused. */
export function toQuerySchema<Table extends ParameterTable>(table: Table): z.ZodObject<ShapeOf<Table>, z.core.$strict> {
  const shape = Object.fromEntries(Object.entries(table).map(([key, { schema }]) => [key, schema.optional()]));
  return z.strictObject(shape as ShapeOf<Table>);
}

/** The names of a table's parameters, in the order in which they stand in addresses. */
export const parameterNames = <Table extends ParameterTable>(table: Table): (keyof Table & string)[] =>
  Object.keys(table);

/** A `YYYY-MM-DD` day that exists. */
export const calendarDay = z.string().refine(
  (value) => {
    try {
      return Boolean(startOfDay(value));
    } catch {
      return false;
    }
  },
  { error: '应为存在的日期，格式 YYYY-MM-DD' },
);

const PAGE_LENGTH = { error: '应为 1 到 200 的整数' };

/** Where the next page begins, as the page before said. */
export const cursorParameter = (example: string) => ({
  schema: z.string().max(200, { error: '翻页标记无效' }),
  label: '翻页标记',
  note: '上一页答复中的 next，原样传回；其余参数保持不变',
  example,
});

/** How many items a page has. */
export const limitParameter = {
  schema: z.coerce.number(PAGE_LENGTH).int(PAGE_LENGTH).min(1, PAGE_LENGTH).max(200, PAGE_LENGTH),
  label: '每页条数',
  note: '1 到 200',
  example: 50,
};
