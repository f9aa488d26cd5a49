import type { Ask } from './ask.ts';

const SITE = 'http://portal.example';
const FORM = { 'content-type': 'application/x-www-form-urlencoded', origin: SITE };
const NOBODY = 'aaaaaaaaaaaa';

const STANDING = [
  ...['/', '/robots.txt', '/llms.txt', '/favicon.svg', '/favicon.ico', '/healthz', '/readyz', '/sitemap.xml'],
  ...['/subscribe', '/subscribe?category=land&county=rencheng', '/developers/validate', '/open-data/catalog.jsonld'],
  ...['manifest.json', 'SHA256SUMS', 'dictionary.json', 'licence.txt'].map((name) => `/open-data/files/${name}`),
];

/** Addresses that are refused, gone, or written otherwise than they should be. */
const ODD = [
  ...['/nowhere', '/404', '/500', '/_image', '/api', '/api/v1', '/api/v1/nowhere', '/notices/', '//notices', '/%E5'],
  ...['notice', 'project', 'company', 'exposure'].flatMap((kind) => [`/${kind}/${NOBODY}`, `/${kind}/NONE`]),
  ...['notices', 'projects', 'organizations', 'exposures'].flatMap((kind) => [
    `/api/v1/${kind}/${NOBODY}`,
    `/api/v1/${kind}/NONE`,
    `/api/v1/${kind}?nothing=1`,
    `/api/v1/${kind}.xyz`,
  ]),
  ...['/county/nowhere', '/county/rencheng/nowhere', '/notices/nowhere', '/notices/land/nowhere', '/sync/nowhere'],
  ...['/notices?categry=1', '/notices?category=', '/notices?cursor=none', '/notices?from=2020-13-01'],
  ...['/notices?category=land', '/notices?limit=9999', '/notices?category=land&category=property', '/notices?q=道路'],
  ...['/notices/land?stage=result', '/county/rencheng/notices?category=land', '/county/rencheng/notices?q=道路'],
  ...['/search?categry=1', '/search?cursor=none', '/companies?cursor=none', '/companies?role=', '/exposure?board='],
  ...['/exposure?cursor=none', '/blacklist?nothing=1', '/sync?nothing=1', '/open-data?nothing=1', '/developers?x=1'],
  ...[
    '/api/v1/notices?q=道路',
    '/api/v1/changes?since=zzz',
    '/api/v1/changes?since=0123456789abcdef-1',
    '/api/v1/match',
  ],
  ...['/api/v1/ocds/records/none', '/feeds/notices.xyz', '/feeds/notices.rss?cursor=x', '/sitemap-nothing-1.xml'],
  ...['/sitemap-notices-99.xml', '/open-data/files/none.csv', '/subscribe?nothing=1'],
  ...['confirm', 'manage', 'stop'].flatMap((page) => [`/subscribe/${page}`, `/subscribe/${page}?token=none`]),
];

const WORDS = [
  ...['道路', '道路工程', 'daolu', '醫療器械', '"政府采购"', '道路 -监理', '370800', '任城区 2020', '没有这样的词'],
  ...['SDGP370800202000001', '中标 建筑有限公司', 'a'.repeat(400), '道'.repeat(90)],
];
const MORE = ['sort=deadline', 'category=land', 'county=rencheng', 'from=2020-03-01&to=2020-06-30', 'status=open'];
const PLACES = ['/search', '/api/v1/search', '/feeds/notices.json', '/feeds/deadlines.ics', '/companies'];

const SEARCHES = WORDS.flatMap((word) => [
  ...PLACES.map((place) => `${place}?q=${word}`),
  ...MORE.map((more) => `/search?q=${word}&${more}`),
]);

/** Items as a county would push them, for the page where they try. */
const ITEMS = {
  notices: {
    id: 'QF-2026-000123',
    title: '某某县第一中学实验室设备采购项目公开招标公告',
    category: 'procurement',
    stage: 'tenderNotice',
    publishedAt: '2026-06-15 09:30',
    url: 'https://trade.example/notice/123',
    bodyHtml: '<p>项目编号：SDGP370881202600123</p><p>预算金额：56.98 万元</p>',
  },
  exposures: { id: 'CF-2026-0007', board: 'exposure', title: '行政处罚决定', publishedAt: '2026-06-15' },
  organizations: { id: 'ZZ-0001', block: 'qualifications', fields: { 企业名称: '某某建设有限公司' } },
};

const OTHERWISE: Ask[] = [
  { method: 'HEAD', address: '/' },
  { method: 'HEAD', address: '/api/v1/notices' },
  { method: 'POST', address: '/notices', body: 'x=1', headers: FORM },
  { method: 'PUT', address: '/api/v1/notices', body: '{}' },
  { method: 'DELETE', address: '/api/v1/notices' },
  { method: 'POST', address: '/api/v1/sync/notices', body: '{}', headers: { 'content-type': 'application/json' } },
  { method: 'POST', address: '/subscribe', body: 'channel=email', headers: FORM },
  { method: 'POST', address: '/subscribe/stop?token=none', body: '', headers: FORM },
  { method: 'POST', address: '/developers/validate', body: 'kind=none', headers: FORM },
  ...Object.entries(ITEMS).map(([kind, item]): Ask => {
    const body = new URLSearchParams({ kind, county: 'jining', text: JSON.stringify(item) }).toString();
    return { method: 'POST', address: '/developers/validate', body, headers: FORM };
  }),
  { address: '/', headers: { host: 'evil.example' } },
  { address: '/', headers: { cookie: 'a=b' } },
  { address: '/', headers: { 'accept-encoding': 'gzip' } },
  { address: '/open-data/files/SHA256SUMS', headers: { range: 'bytes=0-99' } },
  { address: '/open-data/files/SHA256SUMS', headers: { range: 'bytes=999999999-' } },
];

const encode = (address: string) => address.replace(/[^!-~]+/g, encodeURIComponent);

/** What no sitemap, document or page leads to: odd addresses, searches, other methods and headers. */
export const FIXED_ASKS: readonly Ask[] = [
  ...[...STANDING, ...ODD, ...SEARCHES].map((address): Ask => ({ address: encode(address) })),
  ...OTHERWISE,
];
