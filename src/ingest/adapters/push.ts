import { z } from 'zod';
import { FeedFormatError } from '#src/formats/format-error.ts';
import type { FeedAdapter } from '../types.ts';

const settingsSchema = z.strictObject({});

/** What counties send by themselves: nothing is ever asked for, items arrive whole. */
export const push: FeedAdapter<z.infer<typeof settingsSchema>> = {
  key: 'push',
  name: '县端推送（签名接口）',
  caveats: ['由县端发起，本站不主动读取', '只能写入本县来源'],
  settings: settingsSchema,
  lists: () => [],
  parseList() {
    throw new FeedFormatError('推送来源没有列表');
  },
};
