import { z } from 'zod';

/** What people add to a report. */
const manualCell = z.strictObject({
  /** Whole number; amounts in fen. */
  value: z.int(),
  /** Where the figure comes from: a register, a document, a statement. */
  source: z.string().trim().min(1).max(200),
});

/** Parts of the text to which people add words of their own, each below its heading. */
export const TEXT_PARTS = {
  overview: '一（一）概述',
  organization: '一（二）组织领导和制度建设情况',
  interpretation: '一（三）发布解读、回应社会关切以及互动交流情况',
  allocation: '一（四）推进公共资源配置信息公开工作情况',
  keyAreas: '一（五）重点领域政府信息公开工作推进情况',
  platform: '一（六）公开平台建设情况',
  requests: '一（七）依申请公开',
  management: '一（八）政府信息管理',
  supervision: '一（九）监督保障',
  problems: '五、存在的主要问题及改进情况',
  other: '六、其他需要报告的事项',
} as const;

export type TextPart = keyof typeof TEXT_PARTS;
export const TEXT_PART_KEYS = Object.keys(TEXT_PARTS) as [TextPart, ...TextPart[]];

/** What people add to the computed figures of a report, as it is kept. */
export const reportInputSchema = z.strictObject({
  cells: z.record(z.string(), manualCell),
  /** Paragraphs, one a line. */
  texts: z.partialRecord(z.enum(TEXT_PART_KEYS), z.string().max(20_000)),
});

export type ReportInput = z.infer<typeof reportInputSchema>;
export type ManualCell = z.infer<typeof manualCell>;

export const EMPTY_INPUT: ReportInput = { cells: {}, texts: {} };
