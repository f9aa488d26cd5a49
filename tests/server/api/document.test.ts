import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { REPORT_QUERY } from '#src/domain/annual-report/filter.ts';
import { ARTICLE_FILTERS } from '#src/domain/articles/filter.ts';
import { exposureFilterSchema } from '#src/domain/exposures/filter.ts';
import { flagFilterSchema, scoreFilterSchema } from '#src/domain/flags/filter.ts';
import { toQuerySchema } from '#src/domain/notices/filter-definition.ts';
import { noticeFilterSchema } from '#src/domain/notices/notice-filter.ts';
import { awardFilterSchema, organizationFilterSchema } from '#src/domain/organizations/filter.ts';
import { chartFilterSchema, rowFilterSchema, statisticFilterSchema } from '#src/domain/statistics/filter.ts';
import { DOCUMENT_PATH, PROBLEMS } from '#src/server/api/problem.ts';
import { LONGEST_PUSH } from '#src/server/api/sync/endpoints.ts';
import { PUSH_KINDS } from '#src/server/api/sync/schema.ts';
import { changesQuerySchema } from '#src/server/changes/query.ts';
import { matchQuerySchema } from '#src/server/exposures/match.ts';
import { getRoutePolicy } from '#src/server/http-server/route-policy.ts';
import { parseNoticeFilter } from '#src/server/notices/parse-filter.ts';
import { getDocument } from '#src/server/openapi/document.ts';
import { API_ROUTES } from '#src/server/routes/api.ts';
import { documentedSchema } from '#tests/support/api-schema.ts';

/** Schemas of the queries that are not the notices'. */
const OWN_QUERIES: Record<string, z.ZodObject> = {
  '/api/v1/organizations': organizationFilterSchema,
  '/api/v1/organizations/{id}': awardFilterSchema,
  '/api/v1/exposures': exposureFilterSchema,
  '/api/v1/match': matchQuerySchema,
  '/api/v1/changes': changesQuerySchema,
  '/api/v1/flags': flagFilterSchema,
  '/api/v1/score': scoreFilterSchema,
  '/api/v1/annual-reports/{year}': REPORT_QUERY,
  '/api/v1/articles': toQuerySchema(ARTICLE_FILTERS),
  '/feeds/articles': toQuerySchema(ARTICLE_FILTERS).omit({ page: true }),
  '/api/v1/statistics/{measure}': statisticFilterSchema,
  '/api/v1/statistics/{measure}/rows': rowFilterSchema,
  '/api/v1/statistics/{measure}/chart': chartFilterSchema,
};
/** Parameters of lists that addresses of files refuse. */
const FIXED: readonly [pattern: RegExp, names: readonly string[]][] = [
  [/\/rows\.\{format\}$/, ['cursor', 'limit', 'status']],
  [/^\/feeds\/notices\./, ['sort', 'limit']],
  [/^\/feeds\/deadlines\./, ['sort', 'cursor', 'limit']],
  [/^\/api\/v1\/\w+\.\{format\}$/, ['cursor', 'after', 'limit']],
];
/** Addresses that take the filter of notices. */
const OF_NOTICES =
  /^\/(?:feeds\/(?:notices|deadlines)\..+|api\/v1\/(?:notices|(?:notices|lots)\.\{format\}|search|ocds\/releases|disposals))$/;
const document = getDocument('https://trade.example');
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  'get' in methods ? [{ path, ...methods.get }] : [],
);
const pushes = Object.entries(document.paths).flatMap(([path, methods]) =>
  'post' in methods ? [{ path, ...methods.post }] : [],
);

/** Every object of a document with the place where it stands. */
function* walk(value: unknown, place = '#'): Generator<[place: string, object: Record<string, unknown>]> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield [place, value as Record<string, unknown>];
  for (const [key, child] of Object.entries(value)) yield* walk(child, `${place}/${key.replaceAll('/', '~1')}`);
}

describe('the API document', () => {
  it('names every row of the API, and no other', () => {
    const paths = API_ROUTES.map(({ path }) => path.replace('{kind}', 'notices'));
    const others = PUSH_KINDS.filter((kind) => kind !== 'notices').map((kind) => `/api/v1/sync/${kind}`);
    expect(Object.keys(document.paths).toSorted()).toEqual([...paths, ...others, DOCUMENT_PATH].toSorted());
    expect(pushes.map(({ path }) => path)).toEqual(PUSH_KINDS.map((kind) => `/api/v1/sync/${kind}`));
  });

  it('names every parameter of the lists, and no other', () => {
    for (const { path, parameters } of operations) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const own = OWN_QUERIES[path.replace(/\.\{format\}$/, '')];
      const fixed = FIXED.find(([pattern]) => pattern.test(path))?.[1] ?? [];
      const isOfNotices = OF_NOTICES.test(path);
      const inQuery = Object.keys((isOfNotices ? noticeFilterSchema : own)?.shape ?? {}).filter(
        (name) => !fixed.includes(name),
      );
      expect([path, parameters.map(({ name }) => name)]).toEqual([path, [...inPath, ...inQuery]]);
      const row = API_ROUTES.find((route) => route.path === path);
      expect([path, row?.parameters ?? []]).toEqual([path, inQuery]);
    }
  });

  it('gives examples of parameters that are accepted, one by one and with the schema it shows', () => {
    const list = operations.find(({ operationId }) => operationId === 'searchNotices')?.parameters ?? [];
    expect(list.length).toBeGreaterThan(10);
    for (const { name, example, schema } of list) {
      expect(() => parseNoticeFilter(new URLSearchParams({ [name]: String(example) }))).not.toThrow();
      expect(Object.keys(schema).length).toBeGreaterThan(0);
    }
  });

  it('gives examples of the queries of other lists that are accepted', () => {
    for (const [path, schema] of Object.entries(OWN_QUERIES)) {
      for (const { name, example, ...parameter } of operations.find((operation) => operation.path === path)
        ?.parameters ?? []) {
        if (parameter.in === 'path') continue;
        expect(schema.safeParse({ [name]: String(example) }).error?.issues).toBeUndefined();
      }
    }
  });

  it('gives examples of answers that fit its own schemas', () => {
    const answers = [...walk(document)].filter(
      ([, value]) => 'example' in value && 'schema' in value && !('in' in value),
    );
    const givers = API_ROUTES.filter(({ kind }) => kind === 'json');
    expect(answers).toHaveLength(givers.length + 2 * pushes.length + Object.keys(PROBLEMS).length);
    for (const [, { schema, example }] of answers) {
      const component = (schema as { $ref: string }).$ref.split('/').at(-1) ?? '';
      expect(documentedSchema(component).safeParse(example).error?.issues).toBeUndefined();
    }
  });

  it('has no reference that leads nowhere, and no schema that nothing leads to', () => {
    const places = new Map(walk(document));
    const references = [...places.values()].flatMap(({ $ref }) => (typeof $ref === 'string' ? [$ref] : []));
    expect(references.filter((reference) => !places.has(reference))).toEqual([]);
    const schemas = Object.keys(document.components.schemas).map((id) => `#/components/schemas/${id}`);
    expect(schemas.filter((schema) => !references.includes(schema))).toEqual([]);
  });

  it('describes every field in Chinese, or by a schema that does', () => {
    const fields = [...walk(document.components.schemas)].flatMap(([place, schema]) =>
      Object.entries((schema.properties ?? {}) as Record<string, { description?: string; $ref?: string }>).map(
        ([name, field]): [string, typeof field] => [`${place}/${name}`, field],
      ),
    );
    expect(fields.length).toBeGreaterThan(80);
    const silent = fields.filter(([, field]) => !field.$ref && !/\p{Script=Han}/u.test(JSON.stringify(field)));
    expect(silent.map(([place]) => place)).toEqual([]);
    expect(Object.values(document.components.schemas).filter((schema) => !('description' in schema))).toEqual([]);
  });

  it('lets answers grow new fields, and takes none that it does not know', () => {
    const closed = [...walk(document.components.schemas)].filter(
      ([, { additionalProperties }]) => additionalProperties === false,
    );
    const places = closed.map(([place]) => place.split('/')[1]);
    expect([...new Set(places)].sort()).toEqual(['PushExposure', 'PushNotice', 'PushOrganization']);
  });

  it('gives each operation a name of its own, and the problems it can end in', () => {
    const names = [...operations, ...pushes].map(({ operationId }) => operationId);
    expect(new Set(names).size).toBe(names.length);
    for (const { path, responses } of operations) {
      expect(Object.keys(responses)).toEqual(expect.arrayContaining(['200', '405', '500']));
      if (path.startsWith('/api/')) expect(Object.keys(responses)).toContain('400');
      if (path.includes('{id}')) expect(Object.keys(responses)).toContain('404');
    }
    expect(Object.keys(document.components.responses)).toEqual(Object.values(PROBLEMS).map(({ name }) => name));
  });

  it('is open data: every address below /api/v1 and /feeds may be read by other sites, and written only by pushes', () => {
    for (const { path } of operations) {
      const routePolicy = getRoutePolicy(path.replace('{id}', 'k3vq7mzt2f5a'));
      expect(routePolicy.shared).toBe(/^\/(?:api\/v1|feeds)\//.test(path));
      expect(routePolicy.methods).toEqual(['GET', 'HEAD']);
    }
    for (const { path } of pushes) {
      expect(getRoutePolicy(path)).toMatchObject({
        methods: ['POST'],
        pushed: true,
        shared: false,
        bodyLimit: LONGEST_PUSH,
      });
    }
  });
});
