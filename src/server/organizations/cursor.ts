import { z } from 'zod';
import { InputError } from '#src/domain/errors.ts';

const schema = z.tuple([z.union([z.string().max(40), z.int()]), z.string().max(20)]);

/** Where a page ended: the last row's sort value and id. */
export type Position = z.output<typeof schema>;

/** Opaque text of a position for addresses. */
export function formatPosition(position: Position): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/** The position behind its text; `kind` is the type of the list's sort value. @throws InputError when it is none of this list's. */
export function parsePosition(text: string, kind: 'string' | 'number'): Position {
  try {
    const position = schema.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
    if (typeof position[0] === kind) return position;
  } catch {
    // Falls through to the one answer for every text that is no position.
  }
  throw new InputError([{ name: 'cursor', message: '翻页标记无效，请回到第一页' }]);
}
