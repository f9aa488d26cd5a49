import { z } from 'zod';
import {
  type BoardDay,
  type BoardSource,
  DAY_LABELS,
  DIRECTIONS,
  type RunNumbers,
  SOURCE_STATES,
  type SourceState,
  type UnknownCode,
} from '#src/domain/site/site-views.ts';
import {
  API_SCHEMAS,
  asOfSchema,
  countSchema,
  countySchema,
  instantSchema,
  nextSchema,
  totalSchema,
} from '../terms.ts';

const WAYS = Object.keys(DIRECTIONS) as (keyof typeof DIRECTIONS)[];
const STATES = Object.keys(SOURCE_STATES) as SourceState[];
const DAY_STATES = Object.keys(DAY_LABELS) as BoardDay['state'][];
const stateSchema = z.enum(STATES);

const numberFields = {
  fetched: countSchema.describe('取回条数'),
  created: countSchema.describe('新增条数'),
  changed: countSchema.describe('变更条数'),
  unchanged: countSchema.describe('未变条数'),
  rejected: countSchema.describe('拒收条数'),
} satisfies Record<keyof RunNumbers, z.ZodType>;

const runSchema = z.object({
  ...numberFields,
  startedAt: instantSchema.describe('开始时间'),
  finishedAt: instantSchema.nullable().describe('结束时间；进行中为 null'),
  state: z.string().describe('running 进行中，succeeded 成功，failed 失败，held 暂停入库，interrupted 中断'),
});

const daySchema = z
  .object({
    ...numberFields,
    date: z.iso.date().describe('北京时间的日期'),
    state: z
      .enum(DAY_STATES)
      .describe(`当日状态：${DAY_STATES.map((state) => `${state} ${DAY_LABELS[state]}`).join('，')}`),
    runs: countSchema.describe('同步次数'),
  })
  .describe('来源的一天')
  .register(API_SCHEMAS, { id: 'SourceDay' }) satisfies z.ZodType<BoardDay>;

const sourceSchema = z
  .object({
    key: z.string().describe('来源的代码'),
    name: z.string().describe('来源网站'),
    county: countySchema,
    homepage: z.string().nullable().describe('来源网站的首页'),
    direction: z.enum(WAYS).describe(`来路：${WAYS.map((way) => `${way} ${DIRECTIONS[way]}`).join('，')}`),
    state: stateSchema.describe(`状态：${STATES.map((state) => `${state} ${SOURCE_STATES[state].label}`).join('，')}`),
    lastAttemptAt: instantSchema.nullable().describe('最近一次尝试'),
    lastSuccessAt: instantSchema.nullable().describe('最近一次成功'),
    lagSeconds: countSchema.nullable().describe('距最近一次成功的秒数；从未成功为 null'),
    lastPublishedAt: instantSchema.nullable().describe('来源中最新公告的发布时间'),
    lastItemCount: countSchema.nullable().describe('最近一次完整取回的条数'),
    consecutiveFailures: countSchema.describe('连续失败次数'),
    lastError: z.string().nullable().describe('最近的错误'),
    heldReason: z.string().nullable().describe('暂停入库的原因；没有暂停为 null'),
    schedule: z.string().describe('同步计划（cron，北京时间）；县端推送的来源为空'),
    lastRun: runSchema.nullable().describe('最近一次同步的条数'),
    days: z.array(daySchema).describe('近 30 天，今天在最后'),
    rejected: countSchema.describe('目前拒收的条数；内容不公开'),
  })
  .describe('数据来源的同步情况')
  .register(API_SCHEMAS, { id: 'Source' }) satisfies z.ZodType<BoardSource>;

const unknownSchema = z
  .object({
    sourceKey: z.string().describe('来源的代码'),
    sourceName: z.string().describe('来源网站'),
    kind: z.enum(['column', 'category', 'stage', 'county', 'unit']).describe('代码的种类'),
    value: z.string().describe('来源给出的值'),
    example: z.string().describe('出现的例子'),
    count: countSchema.describe('出现次数'),
    firstSeenAt: instantSchema.describe('首次出现'),
    lastSeenAt: instantSchema.describe('最近出现'),
  })
  .describe('尚未对应的代码')
  .register(API_SCHEMAS, { id: 'UnknownCode' }) satisfies z.ZodType<UnknownCode>;

export const sourceListSchema = z
  .object({
    items: z.array(sourceSchema).describe('全部来源'),
    total: totalSchema,
    asOf: asOfSchema,
    next: nextSchema,
    states: z.partialRecord(stateSchema, countSchema).describe('各状态的来源数'),
    unknown: z.array(unknownSchema).describe('尚未对应的代码，最近出现的在前，最多 100 个'),
  })
  .describe('全部数据来源的同步情况')
  .register(API_SCHEMAS, { id: 'SourceList' });
