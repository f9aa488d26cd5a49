import type { PushEndpoint } from '../endpoint.ts';
import { NO_QUERY } from '../parameters.ts';
import type { ProblemStatus } from '../problem.ts';
import { PUSH_EXAMPLES } from './examples.ts';
import { PUSH_KINDS, PUSH_SCHEMAS, type PushKind, pushAnswerSchema } from './schema.ts';

const NAMES: Record<PushKind, { operationId: string; summary: string }> = {
  notices: { operationId: 'pushNotices', summary: '推送公告' },
  exposures: { operationId: 'pushExposures', summary: '推送曝光台和黑名单条目' },
  organizations: { operationId: 'pushOrganizations', summary: '推送企业信息库条目' },
};

const DESCRIPTION = [
  '由县端发起：一次最多 10,000 条或 64 MB，JSON 数组或 NDJSON（每行一条）。各条与定时读取走同一条流程，逐条答复 created、changed、unchanged 或 rejected；答复时均已写入磁盘。一条有误不影响其他条。县级密钥只能推送本县的内容（county 为本县，或者不填），市级密钥可以推送各县的。',
  '须以本县密钥签名：HTTP Message Signatures（RFC 9421，ed25519），覆盖 @method、@authority、@path、content-digest、content-type、idempotency-key，带 created（前后 300 秒内有效）、keyid 和一次性的 nonce；Content-Digest（RFC 9530）须有 sha-256。密钥只能写入本县的来源。',
  '没有收到答复时，用同一 Idempotency-Key 和同一内容重新签名再推送：得到原来的答复，不会写入两次。',
].join('\n\n');

const PROBLEMS: readonly ProblemStatus[] = [400, 401, 404, 409, 413, 415, 422, 503, 507];
const HEADERS: readonly [name: string, description: string, example: string][] = [
  ['Content-Digest', '内容的 SHA-256（RFC 9530）', 'sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:'],
  ['Idempotency-Key', '这一次推送的编号，8 到 100 个字母、数字或 . _ : -', '2026-06-15-0001'],
  [
    'Signature-Input',
    '签名覆盖的内容和参数（RFC 9421）',
    'sig=("@method" …);created=1781496000;keyid="qufu-0a1b2c3d4e5f";nonce="…"',
  ],
  ['Signature', '签名（RFC 9421）', 'sig=:…:'],
];

/** Bytes of one push at most. */
export const LONGEST_PUSH = 64 * 1024 * 1024;

/** Signed pushes of counties, by what they push. */
export const push: PushEndpoint = {
  kind: 'push',
  by: 'receiver',
  path: '/api/v1/sync/{kind}',
  methods: ['POST'],
  tag: '县端推送',
  description: DESCRIPTION,
  parts: { kind: { values: PUSH_KINDS, example: 'notices' } },
  parameters: NO_QUERY.names,
  cache: 'never',
  limits: { body: LONGEST_PUSH },
  role: 'county',
  audience: 'programs',
  shared: false,
  example: {},
  problems: PROBLEMS,
  headers: HEADERS,
  answer: { schema: pushAnswerSchema, example: PUSH_EXAMPLES.answer },
  operations: PUSH_KINDS.map((kind) => ({
    ...NAMES[kind],
    value: kind,
    item: { schema: PUSH_SCHEMAS[kind], example: PUSH_EXAMPLES[kind] },
  })),
};
