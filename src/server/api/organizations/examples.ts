import type { OrganizationPage, OrganizationSummary, OrganizationView } from '#src/domain/organizations/views.ts';

const AS_OF = '2026-06-15T04:00:00.000Z';

/** Answers as they look, for the document. Names and numbers are made up. */
const SUMMARY: OrganizationSummary = {
  id: 'q4wr7nzt2f5b',
  name: '示例建设有限公司',
  uscc: '91370811MA0000015F',
  notices: 3,
  roles: [{ role: 'supplier', notices: 3 }],
  counties: [{ county: 'qufu', notices: 3 }],
  matchedName: null,
};

const ENTRY = {
  source: '示例建筑市场监管平台',
  sourceUrl: null,
  validFrom: '2024-01-01',
  validUntil: '2029-01-01',
  checkedAt: AS_OF,
};
const TOTALS = { awards: 1, totalFen: 1_250_000_000, leftOut: 0 };
const { matchedName: _none, ...identity } = SUMMARY;

const ORGANIZATION: OrganizationView = {
  ...identity,
  names: [{ name: SUMMARY.name, kind: 'current', known: 'library' }],
  matchedByName: 1,
  sameName: [],
  totals: [{ role: 'supplier', ...TOTALS }],
  history: {
    role: 'supplier',
    partner: null,
    totals: TOTALS,
    counties: [{ county: 'qufu', ...TOTALS }],
    items: [
      {
        noticeId: 'k3vq7mzt2f5a',
        title: '示例县第三小学教学楼工程中标结果公告',
        category: 'construction',
        county: 'qufu',
        publishedAt: '2026-06-12T01:30:00.000Z',
        publishedPrecision: 'minute',
        amountFen: TOTALS.totalFen,
        buyer: '示例县教育和体育局',
        lots: [{ lot: null, suppliers: [SUMMARY.name], rank: null, amountFen: TOTALS.totalFen }],
        matchedBy: 'code',
      },
    ],
    next: null,
    partners: [{ id: 'b7xw2nha4c6d', name: '示例县教育和体育局', awards: 1, totalFen: TOTALS.totalFen }],
  },
  library: {
    qualifications: [
      {
        name: '建筑工程施工总承包',
        grade: '二级',
        certificateNo: 'D000000001',
        issuer: '示例住房和城乡建设厅',
        ...ENTRY,
      },
    ],
    achievements: [],
    honours: [],
    staff: [{ surname: '澹台', kind: '注册建造师', specialty: '建筑工程', grade: '二级', ...ENTRY }],
  },
  asOf: AS_OF,
};

const PAGE: OrganizationPage = { items: [SUMMARY], total: 1, asOf: AS_OF, next: null };

export const ORGANIZATION_EXAMPLES = { page: PAGE, organization: ORGANIZATION };
