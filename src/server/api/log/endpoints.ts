import type { Verifiable } from '#src/domain/tlog/served.ts';
import { type DescribedPart, type Endpoint, fileEndpoint, jsonEndpoint } from '../endpoint.ts';
import { formatOf, idOf, NO_QUERY } from '../parameters.ts';
import { logEvidenceSchema, openedVersionSchema } from './schema.ts';

const FORMATS = { 'tlog-proof': 'text/plain' };
const version: DescribedPart = {
  example: '1',
  description: '版本号，从 1 起',
  schema: { type: 'integer', minimum: 1 },
};
const SALT = '5b'.repeat(32);
const LOGGED = {
  index: 4711,
  entry: `{"at":"2026-06-15T01:31:00.000Z","id":"k3vq7mzt2f5a","kind":"publish","prev":null,"sha256":"${'9f'.repeat(32)}","source":"site-qufu","type":"notice","v":1,"version":1}`,
};
const CHECKPOINT =
  'trade.example/log\n8520\nnx4iYp6vK3mUn9w0hJc1sQ2bVd7eRfT5gYhU8iOp0aA=\n\n— trade.example/log AAAAAAAA\n';

/** What the publication log tells of one kind of thing: `path` is where that stands in the API. */
const ofThings = (
  path: '/api/v1/notices' | '/api/v1/exposures',
  { of, named, operation }: { of: Verifiable; named: string; operation: string },
): Endpoint[] => [
  jsonEndpoint({
    path: `${path}/{id}/log` as const,
    operationId: `get${operation}Log`,
    tag: '变更和数据来源',
    summary: `${named}在发布日志中的记录`,
    description: `发布日志关于一条${named}的全部记录：发布、撤回、恢复、遮蔽和依法删除，含当前检查点。内容不再公开时记录仍在。日志本身按 c2sp.org/tlog-tiles 在 /log/ 下提供，任何人可以独立核验。`,
    parts: { id: idOf(of) },
    query: NO_QUERY,
    cache: 'asked',
    response: logEvidenceSchema,
    answer: { checkpoint: CHECKPOINT, edge: [], items: [LOGGED] },
    problems: [400, 404, 503],
    load: async () => (await import('./handlers.ts')).logOf(of),
  }),
  jsonEndpoint({
    path: `${path}/{id}/versions/{version}` as const,
    operationId: `get${operation}Version`,
    tag: '变更和数据来源',
    summary: `${named}的一个版本，含核验所需的盐`,
    description: `一个版本的规范 JSON 原文和它的盐：据此算出的散列与发布日志中的记录一致，即知它就是当时发布的内容。存下这个文件，以后可以在“核验”页对照。`,
    parts: { id: idOf(of), version },
    query: NO_QUERY,
    cache: 'asked',
    response: openedVersionSchema,
    answer: { ...LOGGED, salt: SALT, content: '{"title":"示例县第三小学教学楼工程施工招标公告"}' },
    problems: [400, 404],
    load: async () => (await import('./handlers.ts')).versionOf(of),
  }),
  fileEndpoint({
    path: `${path}/{id}/log/{version}.{format}` as const,
    operationId: `prove${operation}Version`,
    tag: '变更和数据来源',
    summary: `${named}的一个版本在日志中的证明`,
    description: '可以带走的证明（c2sp.org/tlog-proof@v1）：不必再问本站，用公钥（/log/vkey）即可核验。',
    parts: { id: idOf(of), version, format: formatOf(FORMATS) },
    query: NO_QUERY,
    formats: FORMATS,
    cache: 'asked',
    problems: [400, 404, 503],
    load: async () => (await import('./handlers.ts')).proofOf(of),
  }),
];

/** What the publication log tells of notices, and of entries of the exposure board. */
export const LOG_ENDPOINTS: readonly Endpoint[] = [
  ...ofThings('/api/v1/notices', { of: 'notice', named: '公告', operation: 'Notice' }),
  ...ofThings('/api/v1/exposures', { of: 'exposure', named: '曝光台条目', operation: 'Exposure' }),
];
