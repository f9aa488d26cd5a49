import { z } from 'zod';
import type { DescribedPart, Endpoint, FileEndpoint, JsonEndpoint, PushEndpoint, Shown } from '../api/endpoint.ts';
import type { Parameter } from '../api/parameters.ts';
import { DOCUMENT_PATH, PROBLEMS, type ProblemStatus, toProblem } from '../api/problem.ts';
import { problemSchema } from '../api/problem-schema.ts';
import { TAGS, type Tag } from '../api/tags.ts';
import { API_SCHEMAS, componentName } from '../api/terms.ts';
import { API_ROUTES } from '../routes/api.ts';

const DESCRIPTION = [
  '公共资源交易公告、项目和数据同步情况的开放数据。读取无需登记，其他网站的脚本可以直接读取；写入只有县端的签名推送（/api/v1/sync）。',
  '列表答复为 items（本页）、total（总数，精确）、asOf（数据截至）和 next（下一页的 cursor，最后一页为 null）；沿 next 可以读到最后一条。',
  '未知、重复或不合格式的参数一律 400，并指出是哪个参数，绝不默默忽略。出错答复均为 application/problem+json（RFC 9457）。',
  '时间为 UTC（ISO 8601），金额为整数分。已有的字段在 v1 内不改名、不改义、不删除；可能增加新字段。答复带 ETag，可用 If-None-Match 省去重复下载。',
].join('\n\n');

type PushOperation = PushEndpoint['operations'][number];

/** What every address can answer besides its own problems. */
const COMMON_PROBLEMS = [405, 421, 429, 500] as const satisfies ProblemStatus[];

const PROBLEM_TYPE = 'application/problem+json';
const JSON_TYPE = 'application/json';
const ref = (kind: 'schemas' | 'responses', name: string) => ({ $ref: `#/components/${kind}/${name}` });

/** The OpenAPI 3.1 document of the API at a site's address, out of the schemas that parse and type it. */
export function getDocument(siteUrl: string) {
  return {
    openapi: '3.1.1',
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    info: { title: '通明开放数据接口', version: '1.0.0', description: DESCRIPTION },
    servers: [{ url: siteUrl }],
    tags: TAGS.map((name) => ({ name })),
    paths: Object.fromEntries<PathItem>([
      ...API_ROUTES.flatMap(toPathItems),
      [DOCUMENT_PATH, { get: DOCUMENT_OPERATION }],
    ]),
    components: { schemas: toComponents(), responses: toProblemResponses(siteUrl) },
  };
}

type PathItem =
  | { get: ReturnType<typeof toOperation> | typeof DOCUMENT_OPERATION }
  | { post: ReturnType<typeof toPush> };

/** The paths of a row with their operations. */
function toPathItems(endpoint: Endpoint): [path: string, item: PathItem][] {
  switch (endpoint.kind) {
    case 'json':
    case 'file':
      return [[endpoint.path, { get: toOperation(endpoint) }]];
    case 'push':
      return endpoint.operations.map((operation) => [
        endpoint.path.replace('{kind}', operation.value),
        { post: toPush(endpoint, operation) },
      ]);
  }
}

const DOCUMENT_OPERATION = {
  operationId: 'getDocument',
  tags: ['运行状态和接口文档' satisfies Tag],
  summary: '本文档',
  description: 'OpenAPI 3.1 文档，由解析参数和约束答复的同一套定义生成。',
  parameters: [] as Parameter[],
  responses: {
    200: { description: '成功', content: { [JSON_TYPE]: { schema: { type: 'object' } } } },
    ...toProblemRefs([400]),
  },
};

function toOperation(endpoint: JsonEndpoint | FileEndpoint) {
  const { operationId, tag, summary, description, problems } = endpoint;
  return {
    operationId,
    tags: [tag],
    summary,
    description,
    parameters: [...toPathParameters(endpoint.parts), ...endpoint.query.describe()],
    responses: { ...toGoodAnswers(endpoint), ...toProblemRefs(problems) },
  };
}

function toGoodAnswers(endpoint: JsonEndpoint | FileEndpoint) {
  if (endpoint.kind === 'file') {
    const content = Object.fromEntries(Object.values(endpoint.formats).map((type) => [type, {}]));
    return { 200: { description: '成功', content } };
  }
  const { answer, redirect } = endpoint;
  return {
    200: { description: '成功', content: { [JSON_TYPE]: show(answer) } },
    ...(redirect ? { [redirect.status]: { description: redirect.description } } : {}),
  };
}

const show = ({ schema, example }: Shown) => ({ schema: ref('schemas', componentName(schema)), example });

function toPathParameters(parts: Readonly<Record<string, DescribedPart>>): Parameter[] {
  return Object.entries(parts).map(([name, { description, schema, example }]) => ({
    name,
    in: 'path',
    required: true,
    description,
    schema,
    example,
  }));
}

function toPush({ tag, description, headers, answer, problems }: PushEndpoint, operation: PushOperation) {
  const { operationId, summary, item } = operation;
  const { schema, example } = show(item);
  return {
    operationId,
    summary,
    tags: [tag],
    description,
    parameters: headers.map(([name, description, example]) => ({
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
        [JSON_TYPE]: { schema: { type: 'array', items: schema, maxItems: 10_000 } },
        'application/x-ndjson': { schema, example },
      },
    },
    responses: { 200: { description: '成功', content: { [JSON_TYPE]: show(answer) } }, ...toProblemRefs(problems) },
  };
}

function toProblemRefs(statuses: readonly ProblemStatus[]) {
  const all = [...statuses, ...COMMON_PROBLEMS];
  return Object.fromEntries(all.map((status) => [status, ref('responses', PROBLEMS[status].name)]));
}

function toProblemResponses(siteUrl: string) {
  const kinds = Object.entries(PROBLEMS).map(([status, { name, description }]) => {
    const example = toProblem(siteUrl, {
      status: Number(status),
      detail: description,
      path: '/api/v1/notices',
      requestId: '00000000-0000-4000-8000-000000000000',
      errors: Number(status) === 400 ? [{ name: 'categry', message: '没有这个参数' }] : [],
    });
    const schema = ref('schemas', componentName(problemSchema));
    return [name, { description, content: { [PROBLEM_TYPE]: { schema, example } } }];
  });
  return Object.fromEntries(kinds);
}

/**
 * The named schemas as JSON Schema. As input, so that the document lets objects grow new fields; without the bounds of
 * JavaScript's integers and zod's expressions for times, which only repeat type and format.
 */
function toComponents(): Record<string, object> {
  const { schemas } = z.toJSONSchema(API_SCHEMAS, {
    io: 'input',
    uri: (id) => `#/components/schemas/${id}`,
    override: ({ jsonSchema }) => {
      if (jsonSchema.format) delete jsonSchema.pattern;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
    },
  });
  return Object.fromEntries(inOrder(schemas).map(([id, { $id: _id, $schema: _schema, ...schema }]) => [id, schema]));
}

/** Types of which many others are made, and what every address may answer; the rest stand between as resources name them. */
const FIRST = [
  ['Category', 'Stage', 'County', 'MomentPrecision', 'Fact'],
  ['OcdsValue', 'OcdsReference', 'OcdsDocument', 'OcdsRelease', 'OcdsReleasePackage', 'OcdsRecordPackage'],
  ['DisposalParty', 'Disposal', 'DisposalPage'],
].flat();
const LAST = 'Problem';

function inOrder<Schema>(schemas: Record<string, Schema>): [string, Schema][] {
  const rank = (id: string) => (FIRST.includes(id) ? FIRST.indexOf(id) : FIRST.length + (id === LAST ? 1 : 0));
  return Object.entries(schemas).toSorted(([one], [other]) => rank(one) - rank(other));
}
