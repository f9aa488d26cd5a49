/** Groups of addresses in the API document and its reference, in their order. */
export const TAGS = [
  '公告和项目',
  '单位和曝光台',
  '开放合同数据和资产处置',
  '文件和订阅',
  '县端推送',
  '变更和数据来源',
  '运行状态和接口文档',
] as const;

export type Tag = (typeof TAGS)[number];
