import type { ProjectView } from '#src/domain/projects/project-view.ts';
import type { NoticePage, NoticeSummary, NoticeVersionView, NoticeView } from '#src/domain/site/views.ts';
import type { SearchPage } from '../search/types.ts';
import type { SourceListAnswer } from './source-list.ts';

/** Answers as they look, for the document. Names and numbers are made up. */
const AS_OF = '2026-06-15T04:00:00.000Z';

const SUMMARY: NoticeSummary = {
  id: 'k3vq7mzt2f5a',
  title: '示例县第三小学教学楼工程施工招标公告',
  category: 'construction',
  stage: 'tenderNotice',
  county: 'qufu',
  publishedAt: '2026-06-12T01:30:00.000Z',
  publishedPrecision: 'minute',
  deadlineAt: '2026-07-06T01:00:00.000Z',
  deadlinePrecision: 'minute',
  openingAt: '2026-07-06T01:00:00.000Z',
  openingPrecision: 'minute',
  amountFen: 1_286_000_000,
  amountKind: 'ceiling',
  buyer: '示例县教育和体育局',
  suppliers: [],
  projectCode: 'SL-JS-2026-0001',
  projectId: 'p2xw6nha4c7e',
  version: 1,
  sourceName: '示例县公共资源交易网',
  facts: { ceilingPrice: { text: '1286 万元', fen: 1_286_000_000 } },
};

const VERSION: NoticeVersionView = {
  version: 1,
  publishedAt: '2026-06-12T01:40:00.000Z',
  hash: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  reason: 'created',
  changedFields: [],
};

const PAGE: NoticePage = {
  items: [SUMMARY],
  total: 1,
  asOf: AS_OF,
  next: null,
  facets: { category: { construction: 1 }, stage: { tenderNotice: 1 }, county: { qufu: 1 } },
};

const NOTICE: NoticeView = {
  ...SUMMARY,
  bodyHtml: '<p>本工程已具备招标条件，现公开招标。</p>',
  attachments: [
    { name: '招标文件.pdf', url: 'https://trade.example/files/1.pdf', mediaType: 'application/pdf', size: 482_113 },
  ],
  agency: '示例招标代理有限公司',
  lotCode: null,
  publishedBy: 'qufu',
  sourceKey: 'qufu-example',
  sourceUrl: 'https://trade.example/notice/1',
  firstSeenAt: '2026-06-12T01:40:00.000Z',
  updatedAt: '2026-06-12T01:40:00.000Z',
  lastSeenAt: AS_OF,
  goneFromSource: false,
  redacted: false,
  versions: [VERSION],
  stages: [SUMMARY],
  related: [],
  alsoPublishedAt: [],
  possibleDuplicates: [],
  correction: null,
};

const PROJECT: ProjectView = {
  id: 'p2xw6nha4c7e',
  code: 'SL-JS-2026-0001',
  title: '示例县第三小学教学楼工程',
  category: 'construction',
  county: 'qufu',
  buyer: '示例县教育和体育局',
  notices: [SUMMARY],
  timeline: {
    steps: [
      {
        label: '招标公告',
        state: 'done',
        date: SUMMARY.publishedAt,
        datePrecision: SUMMARY.publishedPrecision,
        dueAt: null,
        dueNotBefore: null,
        notices: [SUMMARY],
      },
      {
        label: '投标截止、开标',
        state: 'current',
        date: SUMMARY.deadlineAt,
        datePrecision: SUMMARY.deadlinePrecision,
        dueAt: null,
        dueNotBefore: null,
        notices: [],
      },
    ],
    now: '正在招标。',
    next: '2026-07-06 09:00 截止并开标。',
    responsible: '招标人',
    missing: [],
    remedies: [{ text: '可在 2026-07-06 09:00 前投标。', law: null }],
    events: [],
  },
  checks: [
    {
      rule: 'C-03',
      state: 'met',
      actual: 24,
      text: '法定至少 20 日，实际 24 日',
      note: '招标公告发布日至投标截止',
    },
  ],
  asOf: AS_OF,
};

const SEARCH: SearchPage = {
  ...PAGE,
  items: [
    {
      ...SUMMARY,
      titleSegments: [
        { text: '示例县第三小学', mark: false },
        { text: '教学楼', mark: true },
        { text: '工程施工招标公告', mark: false },
      ],
      snippetSegments: [{ text: '本工程已具备招标条件，现公开招标。', mark: false }],
    },
  ],
  engine: 'meilisearch',
  fallback: null,
  behind: false,
  plan: {
    words: ['教学楼'],
    phrases: [],
    excluded: [],
    codes: [],
    rewritten: [],
    corrected: null,
    dropped: [],
    scope: 'head',
  },
  help: [],
};

const RUN = { fetched: 120, created: 3, changed: 1, unchanged: 115, rejected: 1 };

const SOURCES: SourceListAnswer = {
  items: [
    {
      key: 'qufu-example',
      name: '示例县公共资源交易网',
      county: 'qufu',
      homepage: 'https://trade.example/',
      direction: 'pull',
      state: 'fresh',
      lastAttemptAt: AS_OF,
      lastSuccessAt: AS_OF,
      lagSeconds: 240,
      lastPublishedAt: SUMMARY.publishedAt,
      lastItemCount: 120,
      consecutiveFailures: 0,
      lastError: null,
      heldReason: null,
      schedule: '*/10 * * * *',
      lastRun: { ...RUN, startedAt: '2026-06-15T03:59:40.000Z', finishedAt: AS_OF, state: 'succeeded' },
      days: [{ ...RUN, date: '2026-06-15', state: 'ok', runs: 72 }],
      rejected: 1,
    },
  ],
  total: 1,
  asOf: AS_OF,
  next: null,
  states: { fresh: 1 },
  unknown: [],
};

export const EXAMPLES = {
  page: PAGE,
  notice: NOTICE,
  versions: { items: [VERSION], total: 1, asOf: AS_OF, next: null },
  project: PROJECT,
  search: SEARCH,
  sources: SOURCES,
};
