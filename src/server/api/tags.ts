/** Groups of addresses in the API document and its reference, by the heads of their paths; the first that fits counts. */
const GROUPS = {
  公告和项目: ['/api/v1/notices', '/api/v1/projects', '/api/v1/search'],
  单位和曝光台: ['/api/v1/organizations', '/api/v1/exposures', '/api/v1/match'],
  开放合同数据和资产处置: ['/api/v1/ocds', '/api/v1/disposals'],
  文件和订阅: ['/feeds'],
  县端推送: ['/api/v1/sync'],
  变更和数据来源: ['/api/v1/changes', '/api/v1/sources'],
  运行状态和接口文档: ['/healthz', '/readyz', '/api/v1/openapi.json'],
} as const satisfies Record<string, readonly string[]>;

type Tag = keyof typeof GROUPS;

/** The groups in the order of the document. */
export const TAGS = Object.keys(GROUPS).map((name) => ({ name }));

/** The group of an address. Whole lists as files stand with the feeds. @throws Error for an address of no group. */
export function tagOf(path: string): Tag {
  if (path.includes('.{format}')) return '文件和订阅';
  const found = (Object.keys(GROUPS) as Tag[]).find((tag) => GROUPS[tag].some((head) => path.startsWith(head)));
  if (!found) throw new Error(`${path} belongs to no group of the API`);
  return found;
}
