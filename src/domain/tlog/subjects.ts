/**
 * Where what a leaf seals is to be found. `versions`: in the table of its versions, as canonical JSON beside its salt. `contents`: in
 * `log_contents`, put there with the leaf. `receipt`: with whoever sent it in; we have its commitment alone. `none`: nothing is sealed.
 */
export type LeafContent = 'versions' | 'contents' | 'receipt' | 'none';

interface LogSubject {
  /** What people call it. */
  label: string;
  content: LeafContent;
  /** Below this stands what the API tells of its leaves. */
  api: `/api/v1/${string}`;
  /** An id in an example. */
  example: string;
}

/** Everything that the publication log tells of. Whoever adds one is told by the compiler what else it needs. */
export const LOG_SUBJECTS = {
  notice: { label: '公告', content: 'versions', api: '/api/v1/notices', example: 'k3vq7mzt2f5a' },
  exposure: { label: '曝光台条目', content: 'versions', api: '/api/v1/exposures', example: 'k3vq7mzt2f5a' },
  article: { label: '文章', content: 'contents', api: '/api/v1/logged/article', example: 'k3vq7mzt2f5a' },
  report: { label: '年度报告', content: 'contents', api: '/api/v1/logged/report', example: '2025' },
  statistics: { label: '统计发布', content: 'contents', api: '/api/v1/logged/statistics', example: '2026-05' },
  submission: { label: '来件的承诺', content: 'receipt', api: '/api/v1/logged/submission', example: '9f'.repeat(32) },
  audit: { label: '审计日终', content: 'contents', api: '/api/v1/logged/audit', example: '2026-06-15' },
  key: { label: '日志密钥', content: 'none', api: '/api/v1/logged/key', example: 'city.example/log+1a2b3c4d+AQ' },
} as const satisfies Record<string, LogSubject>;

export type LeafType = keyof typeof LOG_SUBJECTS;
export const LEAF_TYPES = Object.keys(LOG_SUBJECTS) as [LeafType, ...LeafType[]];

type With<Content extends LeafContent> = {
  [Type in LeafType]: (typeof LOG_SUBJECTS)[Type]['content'] extends Content ? Type : never;
}[LeafType];

/** What has versions in a table of its own. */
export type VersionedType = With<'versions'>;
/** What is sealed into `log_contents`. */
export type ContentType = With<'contents'>;
export const CONTENT_TYPES = LEAF_TYPES.filter((type) => LOG_SUBJECTS[type].content === 'contents') as [
  ContentType,
  ...ContentType[],
];

/** What `/verify` and the API tell of: whatever has content, ours or somebody's. */
export type Verifiable = With<'versions' | 'contents' | 'receipt'>;
export const VERIFIABLE = LEAF_TYPES.filter((type) => LOG_SUBJECTS[type].content !== 'none') as [
  Verifiable,
  ...Verifiable[],
];
/** Those of which the API tells below `/api/v1/logged`. */
export type Logged = Exclude<Verifiable, VersionedType>;
export const LOGGED = VERIFIABLE.filter((type) => LOG_SUBJECTS[type].content !== 'versions') as [Logged, ...Logged[]];
