/** Groups of addresses in the API document and its reference, in their order: each has a page of the reference, by this word. */
export const TAG_SLUGS = {
  公告和项目: 'notices',
  单位和曝光台: 'organizations',
  统计: 'statistics',
  开放合同数据和资产处置: 'contracting',
  文件和订阅: 'files',
  县端推送: 'push',
  变更和数据来源: 'changes',
  运行状态和接口文档: 'service',
} as const;

export type Tag = keyof typeof TAG_SLUGS;
export const TAGS = Object.keys(TAG_SLUGS) as Tag[];
