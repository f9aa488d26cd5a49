import type { ExposurePage, ExposureSummary, ExposureView, MatchResult } from '#src/domain/exposures/views.ts';

/** Answers about the exposure board as they look, for the document. Names and numbers are made up. */
const AS_OF = '2026-06-15T04:00:00.000Z';

const SUMMARY: ExposureSummary = {
  id: 'm4xw6nha4c7e',
  board: 'exposure',
  state: 'inForce',
  county: 'qufu',
  subjectType: 'supplier',
  subjectName: '示例建设有限公司',
  subjectUscc: '91370800000000000X',
  misconduct: 'bidRiggingAmongBidders',
  violation: '投标人之间相互串通投标',
  decisionNo: '示财罚〔2026〕1号',
  authority: '示例县财政局',
  decisionDate: '2026-05-10',
  penaltyContent: '罚款 6 万元',
  publishedAt: '2026-05-11T16:00:00.000Z',
  publicUntil: '2027-05-10',
  validUntil: '2027-05-09',
};

const ENTRY: ExposureView = {
  ...SUMMARY,
  kind: 'penalty',
  list: null,
  grade: 'general',
  minorReason: null,
  facts: '在某项目投标中与他人串通。',
  legalBasis: '《招标投标法》第五十三条',
  penaltyTypes: ['fine'],
  fineFen: 6_000_000,
  confiscatedFen: null,
  sourceDeadline: null,
  misconductEnd: null,
  projectCode: 'SL-JS-2026-0001',
  sourceUrl: 'https://penalty.example/1',
  documents: [{ name: '行政处罚决定书.pdf', url: 'https://penalty.example/1.pdf' }],
  period: {
    until: '2027-05-10',
    repairFrom: '2026-08-10',
    decidedBy: 'grade',
    rule: '一般失信行为自决定之日起最短公示 3 个月，最长 1 年，期满自动停止',
    law: '《信用修复管理办法》（2026 年 4 月 1 日起施行）',
  },
  events: [],
  versions: [
    {
      version: 1,
      recordedAt: '2026-05-12T01:00:00.000Z',
      hash: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
      seal: 'b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c',
      removal: null,
      reason: 'created',
    },
  ],
  sourceName: '示例县行政处罚公示',
  goneFromSource: false,
  asOf: AS_OF,
};

const PAGE: ExposurePage = { items: [SUMMARY], total: 1, asOf: AS_OF, next: null, ended: 3 };

const MATCH: MatchResult = {
  listed: true,
  matches: [{ ...SUMMARY, matched: 'code' }],
  names: ['示例建设有限公司'],
  asOf: AS_OF,
};

export const EXPOSURE_EXAMPLES = { page: PAGE, entry: ENTRY, match: MATCH };
