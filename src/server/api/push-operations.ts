import type { ProblemStatus } from './problem.ts';
import { PUSH_EXAMPLES } from './push-examples.ts';
import { PUSH_KINDS, PUSH_SCHEMAS, type PushKind, pushAnswerSchema } from './schemas/sync.ts';
import { componentName } from './schemas/terms.ts';
import { tagOf } from './tags.ts';

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

/** The operations of pushes, by path. `toRefs` makes the references to problems. */
export function pushOperations(toRefs: (statuses: readonly ProblemStatus[]) => Record<string, { $ref: string }>) {
  return PUSH_KINDS.map((kind) => [`/api/v1/sync/${kind}`, { post: toOperation(kind, toRefs(PROBLEMS)) }] as const);
}

export type PushOperation = ReturnType<typeof toOperation>;

function toOperation(kind: PushKind, problems: Record<string, { $ref: string }>) {
  const item = { $ref: `#/components/schemas/${componentName(PUSH_SCHEMAS[kind])}` };
  const answer = { $ref: `#/components/schemas/${componentName(pushAnswerSchema)}` };
  return {
    ...NAMES[kind],
    tags: [tagOf(`/api/v1/sync/${kind}`)],
    description: DESCRIPTION,
    parameters: HEADERS.map(([name, description, example]) => ({
      name,
      in: 'header',
      required: true,
      description,
      schema: { type: 'string' },
      example,
    })),
    requestBody: {
      required: true,
      content: {
        'application/json': { schema: { type: 'array', items: item, maxItems: 10_000 } },
        'application/x-ndjson': { schema: item, example: PUSH_EXAMPLES[kind] },
      },
    },
    responses: {
      200: { description: '成功', content: { 'application/json': { schema: answer, example: PUSH_EXAMPLES.answer } } },
      ...problems,
    },
  };
}
