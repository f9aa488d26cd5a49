import { jsonEndpoint } from '../endpoint.ts';
import { EXAMPLE_AS_OF } from '../notices/examples.ts';
import { NO_QUERY } from '../parameters.ts';
import { mappingListSchema } from './schema.ts';

const COLUMN = { kind: 'column', value: '553009', label: null } as const;

export const listMappings = jsonEndpoint({
  path: '/api/v1/mappings',
  operationId: 'listMappings',
  tag: '变更和数据来源',
  summary: '代码对照表',
  description: '各来源的栏目、环节和区划在本市标准里的含义：现行的和以前的各版，由哪个岗位、何时、依据什么决定。',
  parts: {},
  query: NO_QUERY,
  cache: 'board',
  response: mappingListSchema,
  answer: {
    items: [
      {
        sourceKey: 'qufu-example',
        sourceName: '示例县公共资源交易网',
        county: 'qufu',
        current: [
          {
            ...COLUMN,
            target: { category: 'procurement', stage: 'awardNotice' },
            version: 2,
            role: 'editor',
            basis: '对方网站栏目说明',
            at: EXAMPLE_AS_OF,
          },
        ],
        earlier: [
          {
            ...COLUMN,
            target: { category: 'procurement', stage: 'mixed' },
            version: 1,
            role: 'countyClerk',
            basis: '栏目名称',
            at: EXAMPLE_AS_OF,
          },
        ],
      },
    ],
  },
  problems: [400],
  load: async () => (await import('./handlers.ts')).listMappings,
});
