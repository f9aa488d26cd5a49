import { z } from 'zod';
import { InputError } from '#src/domain/errors.ts';
import { NOTICE_SORTS } from '#src/domain/notices/notice-filter.ts';

/**
 * Where a page of a list ended. `segment` is the part of the order (see `order.ts`), `key` and `id` the last row's
 * sort value and id, `at` the instant the walk began: "open" must not change meaning between two pages.
 */
const cursorSchema = z
  .tuple([
    z.enum(NOTICE_SORTS),
    z.number().int().min(0).max(2),
    z.union([z.string().max(40), z.number().int()]),
    z.string().max(20),
    z.iso.datetime(),
  ])
  .transform(([sort, segment, key, id, at]) => ({ sort, segment, key, id, at }));

export type Cursor = z.output<typeof cursorSchema>;

/** Opaque text of a cursor for addresses. */
export function formatCursor({ sort, segment, key, id, at }: Cursor): string {
  return Buffer.from(JSON.stringify([sort, segment, key, id, at])).toString('base64url');
}

/** The cursor behind its text. @throws InputError when it was not made by `formatCursor`. */
export function parseCursor(text: string): Cursor {
  try {
    return cursorSchema.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
  } catch {
    throw new InputError([{ name: 'cursor', message: '翻页标记无效，请回到第一页' }]);
  }
}
