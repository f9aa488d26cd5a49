import type { ProjectView } from '#src/domain/projects/project-view.ts';
import { EXAMPLE_AS_OF, NOTICE_EXAMPLES } from '../notices/examples.ts';

const { summary: SUMMARY, standing } = NOTICE_EXAMPLES;

/** An answer as it looks, for the document. */
export const PROJECT_EXAMPLE: ProjectView = {
  id: 'p2xw6nha4c7e',
  code: 'SL-JS-2026-0001',
  title: '示例县第三小学教学楼工程',
  category: 'construction',
  county: 'qufu',
  buyer: '示例县教育和体育局',
  standing,
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
  lots: [
    {
      key: '',
      name: null,
      round: 1,
      standing: { state: 'open', since: SUMMARY.publishedAt, noticeId: SUMMARY.id },
      next: '',
      money: {
        key: '',
        budget: {
          noticeId: SUMMARY.id,
          price: { text: '1200000.00 元', fen: 120_000_000 },
          suppliers: [],
          rank: null,
        },
        ceiling: null,
        candidates: [],
        awards: [],
        contract: null,
        changes: [],
      },
    },
  ],
  checks: [
    {
      rule: 'C-03',
      state: 'met',
      actual: 24,
      text: '法定至少 20 日，实际 24 日',
      note: '招标公告发布日至投标截止',
      round: 1,
      lots: [],
    },
  ],
  asOf: EXAMPLE_AS_OF,
};
