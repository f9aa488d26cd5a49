/** Which way something went between the centre and those who supervise (信息交换). */
export const EXCHANGE_DIRECTIONS = { in: '接收', out: '提供' } as const;
export type ExchangeDirection = keyof typeof EXCHANGE_DIRECTIONS;
export const EXCHANGE_DIRECTION_KEYS = Object.keys(EXCHANGE_DIRECTIONS) as [ExchangeDirection, ...ExchangeDirection[]];

export const EXCHANGE_CHANNELS = { api: '接口', file: '文件' } as const;
export type ExchangeChannel = keyof typeof EXCHANGE_CHANNELS;
export const EXCHANGE_CHANNEL_KEYS = Object.keys(EXCHANGE_CHANNELS) as [ExchangeChannel, ...ExchangeChannel[]];

/** What became of it. */
export const EXCHANGE_RESULTS = {
  created: '新增条目',
  changed: '更新条目',
  unchanged: '内容未变',
  duplicate: '文号重复，已有记录',
  drafted: '转为草稿，待放行',
  rejected: '未接收',
  sent: '已提供',
} as const;
export type ExchangeResult = keyof typeof EXCHANGE_RESULTS;
export const EXCHANGE_RESULT_KEYS = Object.keys(EXCHANGE_RESULTS) as [ExchangeResult, ...ExchangeResult[]];
