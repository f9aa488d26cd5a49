import type { DealStanding } from '#src/domain/deals/deal-standing.ts';
import type { NoticePage, NoticeSummary, NoticeVersionView, NoticeView } from '#src/domain/site/views.ts';

/** Answers as they look, for the document. Names and numbers are made up. */
export const EXAMPLE_AS_OF = '2026-06-15T04:00:00.000Z';

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
  tenderers: [],
  lots: { lots: 1, word: '标段', first: null },
  projectCode: 'SL-JS-2026-0001',
  projectId: 'p2xw6nha4c7e',
  closesAt: '2026-07-06T01:00:00.000Z',
  superseded: null,
  dealState: 'open',
  version: 1,
  sourceName: '示例县公共资源交易网',
  facts: { ceilingPrice: { text: '1286 万元', fen: 1_286_000_000 } },
};

const VERSION: NoticeVersionView = {
  version: 1,
  publishedAt: '2026-06-12T01:40:00.000Z',
  hash: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  seal: 'b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c',
  removal: null,
  reason: 'created',
  changedFields: [],
};

const PAGE: NoticePage = {
  items: [SUMMARY],
  total: 1,
  asOf: EXAMPLE_AS_OF,
  next: null,
  facets: { category: { construction: 1 }, stage: { tenderNotice: 1 }, county: { qufu: 1 } },
};

const STANDING: DealStanding = {
  state: 'open',
  since: SUMMARY.publishedAt,
  noticeId: SUMMARY.id,
  deadline: { at: '2026-07-06T01:00:00.000Z', precision: 'minute', noticeId: SUMMARY.id },
  opening: { at: '2026-07-06T01:00:00.000Z', precision: 'minute', noticeId: SUMMARY.id },
  publicityEndsAt: null,
  lots: [],
};

const NOTICE: NoticeView = {
  ...SUMMARY,
  bodyHtml: '<p>本工程已具备招标条件，现公开招标。</p>',
  attachments: [
    {
      ...{
        name: '招标文件.pdf',
        url: 'https://trade.example/files/1.pdf',
        mediaType: 'application/pdf',
        size: 482_113,
      },
      copy: {
        sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
        size: 482_113,
        fetchedAt: '2026-03-02T01:00:00.000Z',
      },
    },
  ],
  agency: '示例招标代理有限公司',
  lotCode: null,
  publishedBy: 'qufu',
  sourceKey: 'qufu-example',
  sourceUrl: 'https://trade.example/notice/1',
  firstSeenAt: '2026-06-12T01:40:00.000Z',
  updatedAt: '2026-06-12T01:40:00.000Z',
  lastSeenAt: EXAMPLE_AS_OF,
  goneFromSource: false,
  redacted: false,
  versions: [VERSION],
  stages: [SUMMARY],
  related: [],
  alsoPublishedAt: [],
  possibleDuplicates: [],
  standing: { ...STANDING, superseded: null },
  correction: null,
};

export const NOTICE_EXAMPLES = {
  summary: SUMMARY,
  page: PAGE,
  notice: NOTICE,
  standing: STANDING,
  versions: { items: [VERSION], total: 1, asOf: EXAMPLE_AS_OF, next: null },
};
