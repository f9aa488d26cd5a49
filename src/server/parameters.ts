import type { z } from 'zod';
import { InputError } from '#src/domain/errors.ts';

/**
 * Query parameters under a strict schema. Blank values, as plain forms send them, count as absent.
 * @throws InputError naming every unknown, repeated or malformed parameter.
 */
export function parseParameters<Schema extends z.ZodObject>(
  schema: Schema,
  parameters: URLSearchParams,
): z.output<Schema> {
  const faults: { name: string; message: string }[] = [];
  const values: Record<string, string> = {};
  for (const name of new Set(parameters.keys())) {
    const given = parameters.getAll(name);
    if (!Object.hasOwn(schema.shape, name)) faults.push({ name, message: '没有这个参数' });
    else if (given.length > 1) faults.push({ name, message: '只能出现一次' });
    else if ((given[0] ?? '').trim() !== '') values[name] = given[0] ?? '';
  }
  const result = schema.safeParse(values);
  if (!result.success) {
    faults.push(...result.error.issues.map(({ path, message }) => ({ name: String(path[0] ?? ''), message })));
  }
  if (faults.length > 0 || !result.success) throw new InputError(faults);
  return result.data;
}

/** A blank value is a client's mistake and would quietly widen the answer. @throws InputError naming the parameters. */
export function refuseBlank(parameters: URLSearchParams): void {
  const blank = [...parameters].filter(([, value]) => value.trim() === '');
  if (blank.length > 0)
    throw new InputError(blank.map(([name]) => ({ name, message: '不能为空；不用请去掉这个参数' })));
}

/** For addresses without parameters. @throws InputError naming every parameter given. */
export function refuseParameters(parameters: URLSearchParams): void {
  const names = [...new Set(parameters.keys())];
  if (names.length > 0) throw new InputError(names.map((name) => ({ name, message: '没有这个参数' })));
}
