import { z } from 'zod';
import { ID_PATTERN } from '#src/domain/identifiers/ids.ts';
import type { Endpoint } from './endpoint.ts';
import { ENDPOINTS } from './endpoints.ts';
import { FILES, type FileEndpoint } from './files.ts';
import { listFilterParameters, type Parameter } from './parameters.ts';
import { DOCUMENT_PATH, PROBLEMS, type ProblemStatus, toProblem } from './problem.ts';
import { pushOperations } from './push-operations.ts';
import { problemSchema } from './schemas/problem.ts';
import { API_SCHEMAS, componentName } from './schemas/terms.ts';
import { TAGS, tagOf } from './tags.ts';

const DESCRIPTION = [
  '公共资源交易公告、项目和数据同步情况的开放数据。读取无需登记，其他网站的脚本可以直接读取；写入只有县端的签名推送（/api/v1/sync）。',
  '列表答复为 items（本页）、total（总数，精确）、asOf（数据截至）和 next（下一页的 cursor，最后一页为 null）；沿 next 可以读到最后一条。',
  '未知、重复或不合格式的参数一律 400，并指出是哪个参数，绝不默默忽略。出错答复均为 application/problem+json（RFC 9457）。',
  '时间为 UTC（ISO 8601），金额为整数分。已有的字段在 v1 内不改名、不改义、不删除；可能增加新字段。答复带 ETag，可用 If-None-Match 省去重复下载。',
].join('\n\n');

/** What every address can answer besides its own problems. */
const COMMON_PROBLEMS = [405, 421, 429, 500] as const satisfies ProblemStatus[];

const PROBLEM_TYPE = 'application/problem+json';
const JSON_TYPE = 'application/json';
const ref = (kind: 'schemas' | 'responses', name: string) => ({ $ref: `#/components/${kind}/${name}` });

const ID_PARAMETER: Parameter = {
  name: 'id',
  in: 'path',
  required: true,
  description: '编号，12 个小写字母或数字',
  schema: { type: 'string', pattern: ID_PATTERN.source },
  example: 'k3vq7mzt2f5a',
};

/** The OpenAPI 3.1 document of the API at a site's address, out of the schemas that parse and type it. */
export function getDocument(siteUrl: string) {
  const paths = ENDPOINTS.map((endpoint) => [endpoint.path, { get: toOperation(endpoint) }] as const);
  const files = FILES.map((file) => [file.path, { get: toFileOperation(file) }] as const);
  return {
    openapi: '3.1.1',
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    info: { title: '通明开放数据接口', version: '1.0.0', description: DESCRIPTION },
    servers: [{ url: siteUrl }],
    tags: TAGS,
    paths: {
      ...Object.fromEntries(paths),
      ...Object.fromEntries(files),
      ...Object.fromEntries(pushOperations(toProblemRefs)),
      [DOCUMENT_PATH]: { get: DOCUMENT_OPERATION },
    },
    components: { schemas: toComponents(), responses: toProblemResponses(siteUrl) },
  };
}

const DOCUMENT_OPERATION = {
  operationId: 'getDocument',
  tags: [tagOf(DOCUMENT_PATH)],
  summary: '本文档',
  description: 'OpenAPI 3.1 文档，由解析参数和约束答复的同一套定义生成。',
  parameters: [] as Parameter[],
  responses: {
    200: { description: '成功', content: { [JSON_TYPE]: { schema: { type: 'object' } } } },
    ...toProblemRefs([400]),
  },
};

function toOperation(endpoint: Endpoint) {
  const { path, operationId, summary, description, response, example, redirect, problems } = endpoint;
  const schema = ref('schemas', componentName(response));
  return {
    operationId,
    tags: [tagOf(path)],
    summary,
    description,
    parameters: toParameters(endpoint),
    responses: {
      200: { description: '成功', content: { [JSON_TYPE]: { schema, example } } },
      ...(redirect ? { [redirect.status]: { description: redirect.description } } : {}),
      ...toProblemRefs(problems),
    },
  };
}

function toFileOperation({ path, operationId, summary, description, formats, parameters, problems }: FileEndpoint) {
  return {
    operationId,
    tags: [tagOf(path)],
    summary,
    description,
    parameters: [...(path.includes('{format}') ? [toFormatParameter(Object.keys(formats))] : []), ...parameters],
    responses: {
      200: { description: '成功', content: Object.fromEntries(Object.values(formats).map((type) => [type, {}])) },
      ...toProblemRefs(problems),
    },
  };
}

function toFormatParameter(formats: string[]): Parameter {
  const schema = { type: 'string', enum: formats };
  return { name: 'format', in: 'path', required: true, description: '格式', schema, example: formats[0] ?? '' };
}

function toParameters({ path, filtered, parameters = [] }: Endpoint): Parameter[] {
  return [...(path.includes('{id}') ? [ID_PARAMETER] : []), ...(filtered ? listFilterParameters() : []), ...parameters];
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
  return Object.fromEntries(
    Object.entries(schemas).map(([id, { $id: _id, $schema: _schema, ...schema }]) => [id, schema]),
  );
}
