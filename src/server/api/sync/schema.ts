import { z } from 'zod';
import { BLACKLIST_KEYS, BOARD_KEYS, RECORD_KIND_KEYS, SUBJECT_TYPE_KEYS } from '#src/domain/exposures/registry.ts';
import { STAGE_SLUGS } from '#src/domain/stages.ts';
import { API_SCHEMAS, categorySchema, countSchema, countySchema, idSchema, instantSchema } from '../terms.ts';

const itemIdSchema = z
  .string()
  .trim()
  .min(1)
  .max(300)
  .describe('本县系统中的编号，稳定、唯一；同一编号再次推送即为更正');
const timeSchema = z
  .string()
  .max(200)
  .describe('时间，如 2026-06-15 09:30 或 2026-06-15T09:30:00+08:00；不带时区的按北京时间');
const urlSchema = z.url({ protocol: /^https?$/ }).max(2000);
const attachmentsSchema = z
  .array(z.strictObject({ name: z.string().min(1).max(1000).describe('文件名'), url: urlSchema.describe('下载地址') }))
  .max(500)
  .describe('附件；文件留在来源网站');
const fieldsSchema = z.record(z.string().max(300), z.string().max(20_000));

const withdrawalSchema = z
  .strictObject({ id: itemIdSchema, withdrawn: z.literal(true).describe('撤回：公告不再公开，地址保留') })
  .describe('撤回此前推送的公告');

const publicationSchema = z.strictObject({
  id: itemIdSchema,
  title: z.string().trim().min(2).max(500).describe('标题全文'),
  category: categorySchema,
  stage: z.union([z.enum(STAGE_SLUGS), z.literal('mixed')]).describe('环节；mixed 由标题判断'),
  publishedAt: timeSchema,
  modifiedAt: timeSchema.optional(),
  county: countySchema.optional(),
  url: urlSchema.optional().describe('公告在来源网站的地址'),
  originUrl: urlSchema.optional().describe('转载自的原文地址'),
  bodyHtml: z
    .string()
    .max(2 * 1024 * 1024)
    .describe('正文 HTML，入库前净化'),
  attachments: attachmentsSchema.default([]),
  projectCode: z.string().max(300).optional().describe('项目编号'),
  lotCode: z.string().max(300).optional().describe('标段（包）编号'),
  fields: fieldsSchema.default({}).describe('要素，按中文名称，如 {"预算金额": "56.98 万元"}'),
  withdrawn: z.literal(false).optional().describe('不是撤回'),
});

/** One item of a push of notices: a notice, its correction under the same id, or its withdrawal. */
export const pushNoticeSchema = z
  .union([withdrawalSchema, publicationSchema])
  .describe('推送的公告：新公告、同一编号的更正，或撤回')
  .register(API_SCHEMAS, { id: 'PushNotice' });

/** One item of a push of entries of the exposure board or the blacklist. */
export const pushExposureSchema = z
  .strictObject({
    id: itemIdSchema,
    board: z.enum(BOARD_KEYS).describe('exposure 曝光台，blacklist 黑名单'),
    kind: z.enum(RECORD_KIND_KEYS).describe('记录种类'),
    list: z.enum(BLACKLIST_KEYS).optional().describe('黑名单条目所在的名单'),
    subjectType: z.enum(SUBJECT_TYPE_KEYS).optional().describe('主体类型'),
    title: z.string().trim().min(2).max(500).describe('标题'),
    publishedAt: timeSchema,
    county: countySchema.optional().describe('县（市、区）；市级推送的条目以决定机关名称中的为准'),
    url: urlSchema.optional().describe('决定在来源网站的地址'),
    attachments: attachmentsSchema.default([]),
    fields: fieldsSchema.describe('行政处罚“双公示”标准的数据项，按代码或中文名称，如 {"行政处罚决定书文号": "…"}'),
    withdrawn: z.boolean().optional().describe('决定已撤销'),
  })
  .describe('推送的曝光台或黑名单条目')
  .register(API_SCHEMAS, { id: 'PushExposure' });

/** One item of a push of the company library. */
export const pushOrganizationSchema = z
  .strictObject({
    id: itemIdSchema,
    block: z
      .enum(['qualifications', 'achievements', 'honours', 'staff_certificates'])
      .describe('资质、业绩、荣誉、人员'),
    fields: fieldsSchema.describe('按表头名称，如 {"企业名称": "…", "统一社会信用代码": "…", "资质名称": "…"}'),
  })
  .describe('推送的企业信息库条目')
  .register(API_SCHEMAS, { id: 'PushOrganization' });

const reasonSchema = z.object({
  code: z.string().describe('原因代码，稳定'),
  message: z.string().describe('原因'),
  field: z.string().optional().describe('所涉字段'),
});

/** What became of one item. */
export const pushedItemSchema = z
  .object({
    index: countSchema.describe('在本次推送中的序号，从 0 起'),
    id: z.string().nullable().describe('推送方的编号；读不出时为 null'),
    status: z
      .enum(['created', 'changed', 'unchanged', 'rejected'])
      .describe('created 新增，changed 变更，unchanged 未变，rejected 拒收（reasons 说明原因）'),
    recordId: idSchema.optional().describe('本站编号'),
    reasons: z.array(reasonSchema).optional(),
  })
  .describe('一条的处理结果');

export const pushAnswerSchema = z
  .object({
    received: countSchema.describe('收到的条数'),
    created: countSchema.describe('新增'),
    changed: countSchema.describe('变更'),
    unchanged: countSchema.describe('未变'),
    rejected: countSchema.describe('拒收'),
    receivedAt: instantSchema.describe('收到的时间'),
    items: z.array(pushedItemSchema).describe('逐条结果，与推送的次序相同'),
  })
  .describe('推送的处理结果；答复时各条均已写入磁盘')
  .register(API_SCHEMAS, { id: 'PushAnswer' });

/** What a county may push, and the schema of one item of it. */
export const PUSH_SCHEMAS = {
  notices: pushNoticeSchema,
  exposures: pushExposureSchema,
  organizations: pushOrganizationSchema,
} as const;

export type PushKind = keyof typeof PUSH_SCHEMAS;
export const PUSH_KINDS = Object.keys(PUSH_SCHEMAS) as [PushKind, ...PushKind[]];
export type PushedItem = z.output<typeof pushedItemSchema>;
export type PushResult = z.output<typeof pushAnswerSchema>;
export type PushNotice = z.output<typeof pushNoticeSchema>;
export type PushExposure = z.output<typeof pushExposureSchema>;
export type PushOrganization = z.output<typeof pushOrganizationSchema>;
