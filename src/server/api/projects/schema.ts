import { z } from 'zod';
import type { MoneyCell } from '#src/domain/deals/lot-money.ts';
import type { ComplianceCheck } from '#src/domain/projects/compliance.ts';
import type { ProjectLot } from '#src/domain/projects/project-lots.ts';
import type { ProjectView } from '#src/domain/projects/project-view.ts';
import { TIME_LIMITS, type TimeLimitId } from '#src/domain/projects/time-limits.ts';
import { type ProjectTimeline, STEP_LABELS, type StepState, type TimelineStep } from '#src/domain/projects/timeline.ts';
import { dealStandingSchema, dealStateSchema, noticeSummarySchema } from '../notices/schema.ts';
import {
  API_SCHEMAS,
  asOfSchema,
  categorySchema,
  countySchema,
  factSchema,
  idSchema,
  instantSchema,
  momentPrecisionSchema,
} from '../terms.ts';

const STEP_STATES = Object.keys(STEP_LABELS) as StepState[];

const stepSchema = z
  .object({
    label: z.string().describe('步骤名称'),
    state: z
      .enum(STEP_STATES)
      .describe(`步骤状态：${STEP_STATES.map((state) => `${state} ${STEP_LABELS[state]}`).join('，')}`),
    date: instantSchema.nullable().describe('首次公开的时间，或投标截止时间；都不知道时为 null'),
    datePrecision: momentPrecisionSchema.nullable().describe('date 的精度'),
    dueAt: instantSchema.nullable().describe('法定最迟日期；无法推算时为 null'),
    dueNotBefore: instantSchema
      .nullable()
      .describe('法定最迟日期待国务院公布放假安排后确定时，其最早可能的日期；其他情形为 null'),
    notices: z.array(noticeSummarySchema).describe('这一步骤的公告，按时间先后'),
  })
  .describe('项目的一个步骤')
  .register(API_SCHEMAS, { id: 'TimelineStep' }) satisfies z.ZodType<TimelineStep>;

const timelineSchema = z
  .object({
    steps: z.array(stepSchema).describe('各步骤，按先后'),
    now: z.string().describe('现在到了哪一步'),
    next: z.string().describe('下一步是什么，最迟何时'),
    responsible: z.string().describe('该由谁办理；项目已结束时为空'),
    missing: z.array(z.string()).describe('应当公开而没有收到公告的步骤'),
    remedies: z
      .array(
        z.object({
          text: z.string().describe('可以做什么，最迟何时'),
          law: z.string().nullable().describe('依据；公告自身要求的为 null'),
        }),
      )
      .describe('参与人可以做什么'),
    events: z.array(noticeSummarySchema).describe('常规步骤以外的公告：更正、暂停、流标、处理决定等'),
  })
  .describe('项目进展')
  .register(API_SCHEMAS, { id: 'Timeline' }) satisfies z.ZodType<ProjectTimeline>;

const checkSchema = z
  .object({
    rule: z.enum(Object.keys(TIME_LIMITS) as TimeLimitId[]).describe('法定时限的编号'),
    state: z.enum(['met', 'breached', 'unknown']).describe('met 符合，breached 不符合，unknown 无法判断'),
    actual: z.int().nullable().describe('实际天数，单位与规则相同；无法判断时为 null'),
    text: z.string().describe('规则与实际的说明'),
    note: z.string().describe('计算的起止与适用条件'),
    round: z.int().min(1).describe('第几次招标（采购、挂牌），从 1 起'),
    lots: z.array(z.string()).describe('所涉标段（包、宗地）；全部时为空'),
  })
  .describe('按公开日期对照一项法定时限')
  .register(API_SCHEMAS, { id: 'Check' }) satisfies z.ZodType<ComplianceCheck>;

const moneyCellSchema = z
  .object({
    noticeId: idSchema.describe('说到它的公告'),
    price: factSchema.nullable().describe('金额；公告点了名而没有给出价格时为 null，不是确切金额的没有 fen'),
    suppliers: z.array(z.string()).describe('报出或取得这一价格的单位；限价没有'),
    rank: z.int().min(1).nullable().describe('候选人的名次'),
  })
  .describe('一个标段的一笔金额')
  .register(API_SCHEMAS, { id: 'MoneyCell' }) satisfies z.ZodType<MoneyCell>;

const standingSchema = z.object({
  state: dealStateSchema,
  since: instantSchema.describe('自何时起'),
  noticeId: idSchema.describe('使它如此的公告'),
});

const projectLotSchema = z
  .object({
    key: z.string().describe('标段的标识；整个项目为空'),
    name: z.string().nullable().describe('公告所称的标段（包、宗地）；不分标段、或说的是整个项目时为 null'),
    round: z.int().min(0).describe('第几次招标（采购、挂牌）；尚未开始为 0'),
    standing: standingSchema.nullable().describe('状态；没有公告说明时为 null'),
    next: z.string().describe('下一步由谁办理、最迟何时；不分标段时为空，见 timeline'),
    money: z
      .object({
        key: z.string().describe('标段的标识；整个项目为空'),
        budget: moneyCellSchema.nullable().describe('预算'),
        ceiling: moneyCellSchema.nullable().describe('最高限价、招标控制价、起始价'),
        candidates: z.array(moneyCellSchema).describe('候选人和报价（未中标）'),
        awards: z.array(moneyCellSchema).describe('中标（成交）人和价格'),
        contract: moneyCellSchema.nullable().describe('合同'),
        changes: z.array(moneyCellSchema).describe('后来的合同和履约报告中的金额'),
      })
      .describe('金额，每一步以最后一次所说为准'),
  })
  .describe('一个标段（包、宗地）的状态和金额')
  .register(API_SCHEMAS, { id: 'ProjectLot' }) satisfies z.ZodType<ProjectLot>;

export const projectSchema = z
  .object({
    id: idSchema.describe('项目的标识，永久不变'),
    code: z.string().nullable().describe('项目编号'),
    title: z.string().describe('项目名称'),
    category: categorySchema,
    county: countySchema,
    buyer: z.string().nullable().describe('招标（采购、出让、转让）人'),
    standing: dealStandingSchema.nullable().describe('状态；没有公告说明时为 null'),
    notices: z.array(noticeSummarySchema).describe('项目的全部公开公告，按时间先后'),
    lots: z.array(projectLotSchema).describe('各标段（包、宗地），最后是说到整个项目的；不分标段时一项'),
    timeline: timelineSchema,
    checks: z.array(checkSchema).describe('法定时限对照'),
    asOf: asOfSchema,
  })
  .describe('项目全程')
  .register(API_SCHEMAS, { id: 'Project' }) satisfies z.ZodType<ProjectView>;
