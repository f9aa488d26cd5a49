import { jsonEndpoint } from '../endpoint.ts';
import { NO_QUERY } from '../parameters.ts';
import { healthSchema, readinessSchema } from './schema.ts';

/** For supervisors: of this moment, and nobody else's. */
const OF_NOW = { tag: '运行状态和接口文档', parts: {}, query: NO_QUERY, cache: 'never', shared: false } as const;

export const checkHealth = jsonEndpoint({
  ...OF_NOW,
  path: '/healthz',
  operationId: 'checkHealth',
  summary: '存活检查',
  description: '进程在运行即为 200。',
  response: healthSchema,
  answer: { status: 'ok' },
  problems: [],
  load: async () => (await import('./handlers.ts')).checkHealth,
});

export const checkReadiness = jsonEndpoint({
  ...OF_NOW,
  path: '/readyz',
  operationId: 'checkReadiness',
  summary: '就绪检查',
  description: '数据库、搜索索引和磁盘都可用时为 200；否则 503，errors 逐一说明原因。',
  response: readinessSchema,
  answer: { status: 'ready', checks: [{ name: 'database', ok: true, message: '可读，设置正确' }] },
  problems: [503],
  load: async () => (await import('./handlers.ts')).checkReadiness,
});
