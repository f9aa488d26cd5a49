import { LOG_SUBJECTS, LOGGED, type VersionedType } from '#src/domain/tlog/subjects.ts';
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
const EXAMPLE = {
  index: 4711,
  entry: `{"at":"2026-06-15T01:31:00.000Z","id":"k3vq7mzt2f5a","kind":"publish","prev":null,"sha256":"${'9f'.repeat(32)}","source":"site-qufu","type":"notice","v":1,"version":1}`,
};
const CHECKPOINT =
  'trade.example/log\n8520\nnx4iYp6vK3mUn9w0hJc1sQ2bVd7eRfT5gYhU8iOp0aA=\n\n— trade.example/log AAAAAAAA\n';

const EVIDENCE = { checkpoint: CHECKPOINT, edge: [], items: [EXAMPLE] };
const TAG = '变更和数据来源';
/** What the three addresses of a kind of thing share, whatever it is called. */
const log = {
  tag: TAG,
  query: NO_QUERY,
  cache: 'asked',
  response: logEvidenceSchema,
  answer: EVIDENCE,
  problems: [400, 404, 503],
} as const;
const opened = {
  tag: TAG,
  description: `一个版本的规范 JSON 原文和它的盐：据此算出的散列与发布日志中的记录一致，即知它就是当时发布的内容。存下这个文件，以后可以在“核验”页对照。`,
  query: NO_QUERY,
  cache: 'asked',
  response: openedVersionSchema,
  answer: { ...EXAMPLE, salt: SALT, content: '{"title":"示例县第三小学教学楼工程施工招标公告"}' },
  problems: [400, 404],
} as const;
const proved = {
  tag: TAG,
  description: '可以带走的证明（c2sp.org/tlog-proof@v1）：不必再问本站，用公钥（/log/vkey）即可核验。',
  query: NO_QUERY,
  formats: FORMATS,
  cache: 'asked',
  problems: [400, 404, 503],
} as const;
const format = formatOf(FORMATS);

/** What the publication log tells of one kind of thing: `path` is where that stands in the API. */
const ofThings = (
  path: '/api/v1/notices' | '/api/v1/exposures',
  { of, operation }: { of: VersionedType; operation: string },
): Endpoint[] => [
  jsonEndpoint({
    ...log,
    path: `${path}/{id}/log` as const,
    operationId: `get${operation}Log`,
    summary: `${LOG_SUBJECTS[of].label}在发布日志中的记录`,
    description: `发布日志关于一条${LOG_SUBJECTS[of].label}的全部记录：发布、撤回、恢复、遮蔽和依法删除，含当前检查点。内容不再公开时记录仍在。日志本身按 c2sp.org/tlog-tiles 在 /log/ 下提供，任何人可以独立核验。`,
    parts: { id: idOf(of) },
    load: async () => (await import('./handlers.ts')).logOf(of),
  }),
  jsonEndpoint({
    ...opened,
    path: `${path}/{id}/versions/{version}` as const,
    operationId: `get${operation}Version`,
    summary: `${LOG_SUBJECTS[of].label}的一个版本，含核验所需的盐`,
    parts: { id: idOf(of), version },
    load: async () => (await import('./handlers.ts')).versionOf(of),
  }),
  fileEndpoint({
    ...proved,
    path: `${path}/{id}/log/{version}.{format}` as const,
    operationId: `prove${operation}Version`,
    summary: `${LOG_SUBJECTS[of].label}的一个版本在日志中的证明`,
    parts: { id: idOf(of), version, format },
    load: async () => (await import('./handlers.ts')).proofOf(of),
  }),
];

const NAMED = LOGGED.map((type) => `${type} ${LOG_SUBJECTS[type].label}`).join('、');
const type: DescribedPart = {
  values: LOGGED,
  example: 'audit',
  description: `哪一类：${NAMED}`,
  schema: { type: 'string', enum: LOGGED },
};
const id: DescribedPart = {
  example: LOG_SUBJECTS.audit.example,
  description: '编号；审计日终为日期，来件的承诺为承诺本身',
  schema: { type: 'string', minLength: 1, maxLength: 100 },
};

/** The same of whatever else is published. */
const OF_OTHERS: readonly Endpoint[] = [
  jsonEndpoint({
    ...log,
    path: '/api/v1/logged/{type}/{id}/log',
    operationId: 'getLoggedLog',
    summary: '公告和曝光台以外的内容在发布日志中的记录',
    description: `发布日志关于一项内容的全部记录，含当前检查点。类别：${NAMED}。`,
    parts: { type, id },
    load: async () => (await import('./handlers.ts')).logOf(null),
  }),
  jsonEndpoint({
    ...opened,
    path: '/api/v1/logged/{type}/{id}/versions/{version}',
    operationId: 'getLoggedVersion',
    summary: '公告和曝光台以外的内容的一个版本，含核验所需的盐',
    parts: { type, id, version },
    load: async () => (await import('./handlers.ts')).versionOf(null),
  }),
  fileEndpoint({
    ...proved,
    path: '/api/v1/logged/{type}/{id}/log/{version}.{format}',
    operationId: 'proveLoggedVersion',
    summary: '公告和曝光台以外的内容的一个版本在日志中的证明',
    parts: { type, id, version, format },
    load: async () => (await import('./handlers.ts')).proofOf(null),
  }),
];

/** What the publication log tells of whatever is published. */
export const LOG_ENDPOINTS: readonly Endpoint[] = [
  ...ofThings('/api/v1/notices', { of: 'notice', operation: 'Notice' }),
  ...ofThings('/api/v1/exposures', { of: 'exposure', operation: 'Exposure' }),
  ...OF_OTHERS,
];
