import { z } from 'zod';
import { InputError } from '#src/domain/errors.ts';

/** Where a page of results begins, and what "open" is judged by through the whole walk. */
const cursorSchema = z.tuple([z.literal('search'), z.number().int().min(0).max(1_000_000), z.iso.datetime()]);

export interface SearchCursor {
  offset: number;
  at: string;
}

/** Opaque text of a cursor for addresses. */
export function formatSearchCursor({ offset, at }: SearchCursor): string {
  return Buffer.from(JSON.stringify(['search', offset, at])).toString('base64url');
}

/** The cursor behind its text. @throws InputError when it was not made by `formatSearchCursor`. */
export function parseSearchCursor(text: string): SearchCursor {
  try {
    const [, offset, at] = cursorSchema.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
    return { offset, at };
  } catch {
    throw new InputError([{ name: 'cursor', message: '翻页标记无效，请回到第一页' }]);
  }
}
