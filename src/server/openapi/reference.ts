import { apiTypesUrl } from '#src/domain/site/urls.ts';
import { NOTICE_QUERY } from '../api/parameters.ts';
import { TAG_SLUGS, TAGS, type Tag } from '../api/tags.ts';
import { type SampleIds, toSampleAddress } from '../routes/samples.ts';
import { ROUTES } from '../routes/table.ts';
import type { getDocument } from './document.ts';
import { describeBounds, describeType, type JsonSchema } from './json-schema.ts';

type Document = ReturnType<typeof getDocument>;

export interface ReferenceParameter {
  name: string;
  place: string;
  required: boolean;
  type: string;
  description: string;
  bounds: string;
}

/** A type in words, and where it is explained. */
export interface ReferenceType {
  text: string;
  address?: string;
}

export interface ReferenceAnswer {
  status: string;
  description: string;
  mediaTypes: string[];
  type?: ReferenceType;
}

/** One operation of the API, for people to read. */
export interface ReferenceOperation {
  id: string;
  method: 'GET' | 'POST';
  path: string;
  summary: string;
  paragraphs: string[];
  /** Parameters of its own. */
  parameters: ReferenceParameter[];
  /** Names of the parameters that all lists of notices share, see `readFilters`. */
  filters: string[];
  /** What is sent, of operations that take something. */
  sent?: { mediaTypes: string[]; type: ReferenceType; example?: string };
  answers: ReferenceAnswer[];
  /** Statuses of its problems. */
  problems: string[];
  /** Absolute address that answers with what is stored now; absent when nothing of the kind is stored. */
  sample?: string;
  /** An answer, as indented JSON. */
  example?: string;
}

export interface ReferenceGroup {
  /** What its page is called in addresses. */
  slug: string;
  name: string;
  operations: ReferenceOperation[];
}

/** A named type of the API: its fields, or the values it may have. */
export interface ReferenceSchema {
  name: string;
  description: string;
  fields: { name: string; required: boolean; type: ReferenceType; description: string; bounds: string }[];
}

/** The parts of an operation of the document that the reference shows. */
interface Operation {
  operationId: string;
  summary: string;
  description: string;
  tags: readonly string[];
  parameters?: readonly OperationParameter[];
  requestBody?: { content: Record<string, Content> };
  responses: Record<string, Answer>;
}

interface Answer {
  /** Set in place of the rest where a problem is answered. */
  $ref?: string;
  description?: string;
  content?: Record<string, Content>;
}

interface OperationParameter {
  name: string;
  in: string;
  required: boolean;
  description: string;
  schema: JsonSchema;
  example?: string | number;
}

interface Content {
  schema?: JsonSchema;
  example?: unknown;
}

const PLACES: Record<string, string> = { query: '查询参数', path: '路径', header: '请求头' };
/** The operations of the document in groups, in its order. Samples are addresses at the document's server. */
export function readOperations(document: Document, ids: SampleIds): ReferenceGroup[] {
  const server = document.servers[0]?.url ?? '';
  const all = Object.entries(document.paths as Record<string, Record<string, Operation>>).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  const groups = Map.groupBy(all, ({ operation }) => operation.tags[0] ?? '');
  const typeOf = typeReader(document);
  return document.tags.map(({ name }) => ({
    slug: TAG_SLUGS[name],
    name,
    operations: (groups.get(name) ?? []).map(({ path, method, operation }) => {
      const route = method === 'get' ? ROUTES.find((row) => row.path === path) : undefined;
      const sample = route && toSampleAddress(route, ids);
      return {
        ...readOperation(path, operation, typeOf),
        method: method === 'get' ? 'GET' : 'POST',
        ...(sample ? { sample: server + sample } : {}),
      };
    }),
  }));
}

/** Anything innermost of more characters stands on lines of its own. */
const LONGEST_LINE = 120;

/** An example as people read it: JSON, what holds nothing deeper in one line. */
function formatExample(example: unknown): string {
  return JSON.stringify(example, null, 1).replaceAll(
    /([[{])\n\s+([^[\]{}]+?)\n\s+([\]}])/g,
    (whole, open, inside, close) => {
      const line = `${open} ${inside.replaceAll(/\n\s+/g, ' ')} ${close}`;
      return line.length <= LONGEST_LINE ? line : whole;
    },
  );
}

type TypeReader = (schema: JsonSchema) => ReferenceType;

/** Says a type in words, with the address of its explanation: each stands among the types of the first group that uses it. */
function typeReader(document: Document): TypeReader {
  const groups = groupTypes(document);
  return (schema) => {
    const { text, component } = describeType(schema);
    return component ? { text, address: apiTypesUrl(groups.get(component), component) } : { text };
  };
}

/** The group of each named type: the first in the document's order that asks for it or answers it, itself or inside others. */
function groupTypes(document: Document): Map<string, string> {
  const operations = Object.values(document.paths as Record<string, Record<string, Operation>>).flatMap(Object.values);
  const groups = new Map<string, string>();
  const take = (part: unknown, group: string): void => {
    for (const [, name = ''] of JSON.stringify(part).matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
      if (groups.has(name)) continue;
      groups.set(name, group);
      take((document.components.schemas as Record<string, unknown>)[name], group);
    }
  };
  for (const { name } of document.tags)
    for (const operation of operations) if (operation.tags[0] === name) take(operation, TAG_SLUGS[name]);
  for (const name of Object.keys(document.components.schemas))
    if (!groups.has(name)) groups.set(name, TAG_SLUGS[TAGS.at(-1) as Tag]);
  return groups;
}

function readOperation(path: string, operation: Operation, typeOf: TypeReader): Omit<ReferenceOperation, 'method'> {
  const { operationId, summary, description, parameters = [], requestBody, responses } = operation;
  const good = Object.values(responses['200']?.content ?? {})[0]?.example;
  return {
    id: operationId,
    path,
    summary,
    paragraphs: description.split('\n\n'),
    parameters: parameters.filter((parameter) => !isFilter(parameter)).map(readParameter),
    filters: parameters.filter(isFilter).map(({ name }) => name),
    ...(requestBody ? { sent: readSent(requestBody.content, typeOf) } : {}),
    answers: Object.entries(responses).flatMap(([status, answer]) =>
      answer.$ref ? [] : [readAnswer(status, answer, typeOf)],
    ),
    problems: Object.keys(responses).filter((status) => responses[status]?.$ref),
    ...(good === undefined ? {} : { example: formatExample(good) }),
  };
}

function readParameter({ name, in: place, required, schema, description }: OperationParameter): ReferenceParameter {
  return {
    name,
    place: PLACES[place] ?? place,
    required,
    type: describeType(schema).text,
    description,
    bounds: describeBounds({ ...schema, description }),
  };
}

const FILTERS = NOTICE_QUERY.describe();

/** The parameters that all lists of notices share. */
export function readFilters(): ReferenceParameter[] {
  return FILTERS.map(readParameter);
}

/** Does the parameter mean what it means in lists of notices? */
function isFilter({ name, description }: OperationParameter): boolean {
  return FILTERS.some((filter) => filter.name === name && filter.description === description);
}

function readSent(content: Record<string, Content>, typeOf: TypeReader): NonNullable<ReferenceOperation['sent']> {
  const forms = Object.values(content);
  const example = forms.find((form) => form.example !== undefined)?.example;
  return {
    mediaTypes: Object.keys(content),
    type: typeOf(forms[0]?.schema ?? {}),
    ...(example === undefined ? {} : { example: formatExample(example) }),
  };
}

function readAnswer(status: string, { description = '', content = {} }: Answer, typeOf: TypeReader): ReferenceAnswer {
  const schema = Object.values(content)[0]?.schema;
  return {
    status,
    description,
    mediaTypes: Object.keys(content),
    ...(schema ? { type: typeOf(schema) } : {}),
  };
}

/** The named types of the document in its order, by the group of operations that they stand with. */
export function readSchemas(document: Document): { slug: string; name: string; schemas: ReferenceSchema[] }[] {
  const groups = groupTypes(document);
  const typeOf = typeReader(document);
  const all = Object.entries(document.components.schemas as Record<string, JsonSchema>);
  return document.tags.map(({ name: tag }) => ({
    slug: TAG_SLUGS[tag],
    name: tag,
    schemas: all
      .filter(([name]) => groups.get(name) === TAG_SLUGS[tag])
      .map(([name, schema]) => readSchema(name, schema, typeOf)),
  }));
}

const readSchema = (name: string, schema: JsonSchema, typeOf: TypeReader): ReferenceSchema => ({
  name,
  description: [schema.description, describeBounds(schema)].filter(Boolean).join('。'),
  fields: Object.entries(schema.properties ?? {}).map(([field, own]) => ({
    name: field,
    required: schema.required?.includes(field) ?? false,
    type: typeOf(own),
    description: own.description ?? '',
    bounds: describeBounds(own),
  })),
});
