import { z } from 'zod';
import { GRADE_KEYS, GRADES } from '#src/domain/exposures/grade.ts';
import {
  EXPOSURE_EVENTS,
  EXPOSURE_STATES,
  type ExposureEventKind,
  type ExposureState,
} from '#src/domain/exposures/life-cycle.ts';
import { MISCONDUCT_KEYS, MISCONDUCT_TYPES } from '#src/domain/exposures/misconduct.ts';
import {
  BLACKLIST_KEYS,
  BLACKLISTS,
  BOARD_KEYS,
  BOARDS,
  PENALTY_TYPE_KEYS,
  PENALTY_TYPES,
  RECORD_KIND_KEYS,
  RECORD_KINDS,
  SUBJECT_TYPE_KEYS,
  SUBJECT_TYPES,
} from '#src/domain/exposures/registry.ts';
import type { ExposurePage, ExposureSummary, ExposureView, MatchResult } from '#src/domain/exposures/views.ts';
import {
  API_SCHEMAS,
  amountSchema,
  countSchema,
  countySchema,
  idSchema,
  instantSchema,
  nextSchema,
  totalSchema,
} from '../terms.ts';

const explain = <Key extends string>(title: string, keys: readonly Key[], table: Record<Key, { label: string }>) =>
  `${title}：${keys.map((key) => `${key} ${table[key].label}`).join('，')}`;

const daySchema = z.iso.date();
const STATES = Object.keys(EXPOSURE_STATES) as ExposureState[];
const EVENTS = Object.keys(EXPOSURE_EVENTS) as ExposureEventKind[];
const askedAtSchema = instantSchema.describe('判断的时点：只含此刻依法公示的条目');

const summaryFields = {
  id: idSchema.describe('条目编号，永久不变'),
  board: z.enum(BOARD_KEYS).describe(explain('名单', BOARD_KEYS, BOARDS)),
  state: z.enum(STATES).describe(explain('状态', STATES, EXPOSURE_STATES)),
  county: countySchema,
  subjectType: z.enum(SUBJECT_TYPE_KEYS).describe(explain('主体类型', SUBJECT_TYPE_KEYS, SUBJECT_TYPES)),
  subjectName: z.string().describe('主体名称；自然人只显示姓氏'),
  subjectUscc: z.string().nullable().describe('统一社会信用代码；来源未给出时为 null，主体只凭名称识别'),
  misconduct: z.enum(MISCONDUCT_KEYS).describe(explain('行为类型', MISCONDUCT_KEYS, MISCONDUCT_TYPES)),
  violation: z.string().describe('决定书中的违法行为'),
  decisionNo: z.string().describe('决定书文号；名单未给出文号时为空'),
  authority: z.string().describe('决定机关'),
  decisionDate: daySchema.describe('决定日期'),
  penaltyContent: z.string().describe('处罚（处理）内容'),
  publishedAt: instantSchema.describe('来源的公示时间'),
  publicUntil: daySchema.describe('公示的最后一日（未提前修复或撤销时）'),
  validUntil: daySchema.nullable().describe('处罚措施的最后一日；与公示截止期不同'),
};

export const exposureSummarySchema = z
  .object(summaryFields)
  .describe('曝光台、黑名单条目的摘要')
  .register(API_SCHEMAS, { id: 'ExposureSummary' }) satisfies z.ZodType<ExposureSummary>;

export const exposurePageSchema = z
  .object({
    items: z.array(exposureSummarySchema).describe('本页条目，决定日期新的在前'),
    total: totalSchema,
    asOf: askedAtSchema,
    next: nextSchema,
    ended: countSchema.describe('曾经公示、现已结束的条数；只公开条数'),
  })
  .describe('曝光台、黑名单的一页')
  .register(API_SCHEMAS, { id: 'ExposurePage' }) satisfies z.ZodType<ExposurePage>;

const periodSchema = z
  .object({
    until: daySchema.describe('公示的最后一日'),
    repairFrom: daySchema.nullable().describe('可以申请信用修复的第一日；公示在此之前结束时为 null'),
    decidedBy: z
      .enum(['source', 'grade', 'list', 'misconductEnd'])
      .describe(
        '哪一项最早：source 来源的截止期，grade 等级的最长期限，list 名单的期限，misconductEnd 失信行为终止满五年',
      ),
    rule: z.string().describe('所依规则'),
    law: z.string().describe('规则的出处'),
  })
  .describe('公示期')
  .register(API_SCHEMAS, { id: 'PublicationPeriod' });

export const exposureSchema = z
  .object({
    ...summaryFields,
    kind: z.enum(RECORD_KIND_KEYS).describe(explain('记录种类', RECORD_KIND_KEYS, RECORD_KINDS)),
    list: z
      .enum(BLACKLIST_KEYS)
      .nullable()
      .describe(explain('黑名单的名称', BLACKLIST_KEYS, BLACKLISTS)),
    grade: z.enum(GRADE_KEYS).describe(explain('失信程度', GRADE_KEYS, GRADES)),
    minorReason: z.string().nullable().describe('轻微失信行为仍予公示的理由'),
    facts: z.string().describe('违法事实，个人信息已遮蔽'),
    legalBasis: z.string().describe('处罚依据'),
    penaltyTypes: z.array(z.enum(PENALTY_TYPE_KEYS)).describe(explain('处罚种类', PENALTY_TYPE_KEYS, PENALTY_TYPES)),
    fineFen: amountSchema.nullable(),
    confiscatedFen: amountSchema.nullable(),
    sourceDeadline: daySchema.nullable().describe('来源给出的公示截止期'),
    misconductEnd: daySchema.nullable().describe('失信行为终止日期'),
    projectCode: z.string().nullable().describe('涉及项目的编号'),
    sourceUrl: z.string().nullable().describe('来源网站上的原文地址'),
    documents: z
      .array(z.object({ name: z.string().describe('文件名'), url: z.string().describe('来源网站上的地址') }))
      .describe('决定文书'),
    period: periodSchema,
    events: z
      .array(
        z.object({
          kind: z.enum(EVENTS).describe(explain('事项', EVENTS, EXPOSURE_EVENTS)),
          at: instantSchema.describe('发生时间'),
          basis: z.string().describe('依据'),
        }),
      )
      .describe('决定之后的事项，按时间先后'),
    versions: z
      .array(
        z.object({
          version: z.int().min(1).describe('版本号，从 1 起'),
          recordedAt: instantSchema.describe('本平台记录的时间'),
          hash: z
            .string()
            .nullable()
            .describe('该版本规范 JSON（RFC 8785）的 SHA-256，十六进制；该版本已依法删除时为 null'),
          seal: z.string().describe('封印：不公开的随机数与该版本规范 JSON 的 SHA-256，十六进制；内容删除后仍保留'),
          removal: z
            .object({ reason: z.string().describe('依据'), at: instantSchema.describe('删除的时间') })
            .nullable()
            .describe('该版本已依法删除'),
          reason: z.enum(['created', 'changed']).describe('产生版本的原因：created 首次记录，changed 来源更正'),
        }),
      )
      .describe('全部版本，新的在前'),
    sourceName: z.string().describe('来源'),
    goneFromSource: z.boolean().describe('来源已不再列出，正在核实'),
    asOf: askedAtSchema,
  })
  .describe('曝光台、黑名单的一个条目')
  .register(API_SCHEMAS, { id: 'Exposure' }) satisfies z.ZodType<ExposureView>;

export const matchSchema = z
  .object({
    listed: z.boolean().describe('此刻是否有正在公示的条目；false 即“截至 asOf 未列入”'),
    matches: z
      .array(
        z.object({
          ...summaryFields,
          matched: z
            .enum(['code', 'name'])
            .describe('怎样匹配：code 统一社会信用代码相符，name 同名，未核实，不能据此认定为同一主体'),
        }),
      )
      .describe('匹配的条目'),
    names: z.array(z.string()).describe('参加比对的名称，含曾用名'),
    asOf: askedAtSchema,
  })
  .describe('某单位是否列入曝光台或黑名单')
  .register(API_SCHEMAS, { id: 'Match' }) satisfies z.ZodType<MatchResult>;
