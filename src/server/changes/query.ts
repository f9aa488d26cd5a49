import { z } from 'zod';
import { CURSOR_PATTERN, parseCursor } from '#db/epoch.ts';
import { FOLLOWED } from '#src/domain/changes.ts';
import { parseParameters } from '../parameters.ts';

export const CHANGES_PAGE_SIZE = 200;
/** What a registered reader calls itself. */
export const READER_KEY = /^[a-z0-9-]{1,40}$/;
const LONGEST_WAIT_SECONDS = 30;

const integer = (most: number, error: string) =>
  z
    .string()
    .regex(/^\d{1,15}$/, { error })
    .transform(Number)
    .refine((value) => value <= most, { error });

const NO_CURSOR = '不是本接口给出的游标';
const cursor = z
  .string()
  .regex(CURSOR_PATTERN, { error: NO_CURSOR })
  .transform((text, context) => {
    const place = parseCursor(text);
    if (place) return place;
    context.addIssue({ code: 'custom', message: NO_CURSOR });
    return z.NEVER;
  });

/** Of what and from where to read the changes, how many, and how long to wait when there are none. */
export const changesQuerySchema = z.strictObject({
  of: z.enum(FOLLOWED, { error: `须为 ${FOLLOWED.join('、')} 之一` }).default('notices'),
  since: cursor.prefault('0'),
  limit: integer(1_000, '须为 1 到 1000 的整数')
    .refine((value) => value > 0, { error: '须为 1 到 1000 的整数' })
    .default(CHANGES_PAGE_SIZE),
  reader: z.string().regex(READER_KEY, { error: '须为登记的名称' }).optional(),
  wait: integer(LONGEST_WAIT_SECONDS, `须为 0 到 ${LONGEST_WAIT_SECONDS} 的整数（秒）`).default(0),
});

export type ChangesQuery = z.output<typeof changesQuerySchema>;

/** @throws InputError naming the parameters */
export function parseChangesQuery(parameters: URLSearchParams): ChangesQuery {
  return parseParameters(changesQuerySchema, parameters);
}
