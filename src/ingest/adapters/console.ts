import { z } from 'zod';
import { FeedFormatError } from '#src/formats/format-error.ts';
import type { FeedAdapter } from '../types.ts';

const settingsSchema = z.strictObject({});

/** What staff publish from the console: nothing is ever asked for. */
export const console: FeedAdapter<z.infer<typeof settingsSchema>> = {
  key: 'console',
  name: '工作台发布',
  caveats: ['由工作人员在工作台编制，经初审、复审后发布'],
  settings: settingsSchema,
  lists: () => [],
  parseList() {
    throw new FeedFormatError('工作台没有列表');
  },
};
