import { z } from 'zod';
import { DUTY_STATE_KEYS, DUTY_STATES } from '#src/domain/disclosure-score/states.ts';
import { API_SCHEMAS, categorySchema, countSchema, countySchema, idSchema } from '../terms.ts';

const stateSchema = z
  .enum(DUTY_STATE_KEYS)
  .describe(DUTY_STATE_KEYS.map((key) => `${key} ${DUTY_STATES[key].label}`).join('，'));
const daySchema = z.string().nullable();

const totalsSchema = z
  .object({
    onTime: countSchema.describe(DUTY_STATES.onTime.label),
    late: countSchema.describe(DUTY_STATES.late.label),
    missing: countSchema.describe(DUTY_STATES.missing.label),
    due: countSchema.describe(DUTY_STATES.due.label),
    unchecked: countSchema.describe(DUTY_STATES.unchecked.label),
    notApplicable: countSchema.describe(DUTY_STATES.notApplicable.label),
  })
  .describe('公开事项的计数')
  .register(API_SCHEMAS, { id: 'DutyTotals' });

const dutySchema = z
  .object({
    projectId: idSchema.describe('项目编号'),
    title: z.string().describe('项目名称'),
    county: countySchema,
    category: categorySchema,
    buyer: z.string().nullable().describe('采购（招标、出让）人'),
    round: countSchema.describe('第几次组织'),
    lots: z.array(z.string()).describe('所涉标段（包）；空为全部'),
    item: z.int().min(1).max(40).describe('标准目录的序号'),
    state: stateSchema,
    rule: z.string().describe('法定期限的编号；没有可核对期限的为空'),
    dueOn: daySchema.describe('到期日'),
    doneOn: daySchema.describe('公开日'),
    reason: z.string().describe('为什么是这种状态'),
  })
  .describe('一个项目的一项公开事项')
  .register(API_SCHEMAS, { id: 'DisclosureDuty' });

export const scoreSchema = z
  .object({
    counties: z.array(z.object({ county: countySchema, totals: totalsSchema })).describe('各县（市、区）的计数'),
    months: z.array(z.object({ month: z.string().describe('YYYY-MM'), totals: totalsSchema })).describe('各月份的计数'),
    items: z
      .array(
        z.object({
          item: z.int().describe('标准目录的序号'),
          title: z.string().describe('事项'),
          totals: totalsSchema,
        }),
      )
      .describe('各事项的计数'),
    duties: z.array(dutySchema).describe('逐项；只在给出 state 时列出'),
    next: z.string().nullable().describe('下一页的游标（参数 after）；最后一页为 null'),
    day: z.string().nullable().describe('核对至哪一天；尚未核对的为 null'),
  })
  .describe('信息公开评分：对照标准目录和法定期限')
  .register(API_SCHEMAS, { id: 'DisclosureScore' });
