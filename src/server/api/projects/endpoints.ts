import { jsonEndpoint } from '../endpoint.ts';
import { idOf, NO_QUERY } from '../parameters.ts';
import { PROJECT_EXAMPLE } from './example.ts';
import { projectSchema } from './schema.ts';

export const getProject = jsonEndpoint({
  path: '/api/v1/projects/{id}',
  operationId: 'getProject',
  tag: '公告和项目',
  summary: '项目全程',
  description: '一个项目的全部公告、进展、缺少的公告和法定时限对照。',
  parts: { id: idOf('project') },
  query: NO_QUERY,
  cache: 'page',
  response: projectSchema,
  answer: PROJECT_EXAMPLE,
  problems: [400, 404],
  load: async () => (await import('./handlers.ts')).getProject,
});
