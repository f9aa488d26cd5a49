import { z } from 'zod';
import { DEAL_STATES, type EffectiveMoment, SUPERSESSIONS } from '#src/domain/deals/deal.ts';
import type { DealStanding, LotStanding, NoticeStanding } from '#src/domain/deals/deal-standing.ts';
import { DEAL_STATE_LABELS } from '#src/domain/deals/labels.ts';
import type { LotSummary } from '#src/domain/deals/lot-summary.ts';
import type { AmountKind } from '#src/domain/facts/amount-kind.ts';
import { AMOUNT_LABELS } from '#src/domain/facts/fact-text.ts';
import { FACT_KEYS } from '#src/domain/facts/facts.ts';
import type {
  CorrectionView,
  Facets,
  KeptAttachmentView,
  NoticePage,
  NoticeSummary,
  NoticeVersionView,
  NoticeView,
} from '#src/domain/site/views.ts';
import {
  API_SCHEMAS,
  amountSchema,
  asOfSchema,
  categorySchema,
  countSchema,
  countySchema,
  factSchema,
  factsSchema,
  idSchema,
  instantSchema,
  momentPrecisionSchema,
  nextSchema,
  stageSchema,
  totalSchema,
} from '../terms.ts';

const AMOUNT_KINDS = Object.keys(AMOUNT_LABELS) as AmountKind[];

const supersededSchema = z
  .object({
    byNoticeId: idSchema.describe('取代它的公告'),
    how: z.enum(SUPERSESSIONS).describe('deadline 截止时间已改，round 已重新招标（采购、挂牌）'),
  })
  .describe('被取代')
  .register(API_SCHEMAS, { id: 'Superseded' });

const effectiveMomentSchema = z
  .object({
    at: instantSchema.describe('时间；precision 为 day 时是当日零时（北京时间）'),
    precision: momentPrecisionSchema,
    noticeId: idSchema.describe('给出这一时间的公告'),
  })
  .describe('计及全部更正之后的时间')
  .register(API_SCHEMAS, { id: 'EffectiveMoment' }) satisfies z.ZodType<EffectiveMoment>;

export const dealStateSchema = z
  .enum(DEAL_STATES)
  .describe(`状态：${DEAL_STATES.map((state) => `${state} ${DEAL_STATE_LABELS[state]}`).join('，')}`);

const timedStandingFields = {
  state: dealStateSchema,
  since: instantSchema.describe('从何时起'),
  noticeId: idSchema.describe('由哪条公告'),
  deadline: effectiveMomentSchema.nullable().describe('计及全部更正之后的截止时间'),
  opening: effectiveMomentSchema.nullable().describe('计及全部更正之后的开标（开启、拍卖）时间'),
  publicityEndsAt: instantSchema.nullable().describe('候选人公示何时结束（不含）；没有候选人时为 null'),
};

const lotStandingSchema = z
  .object({
    key: z.string().describe('标段（包、宗地）的编号，各种写法归一'),
    name: z.string().describe('公告中的写法'),
    round: z.int().min(0).describe('第几次招标（采购、挂牌），从 1 起；尚未公告时为 0'),
    ...timedStandingFields,
  })
  .describe('一个标段（包、宗地）的状态')
  .register(API_SCHEMAS, { id: 'LotStanding' }) satisfies z.ZodType<LotStanding>;

const dealStandingFields = {
  ...timedStandingFields,
  lots: z.array(lotStandingSchema).describe('各标段（包、宗地）；不分标段时为空'),
};

export const dealStandingSchema = z
  .object(dealStandingFields)
  .describe('项目在回答时的状态；分标段时取最靠前的一个：有一个标段正在进行，项目就正在进行')
  .register(API_SCHEMAS, { id: 'Standing' }) satisfies z.ZodType<DealStanding>;

const noticeStandingSchema = z
  .object({ ...dealStandingFields, superseded: supersededSchema.nullable().describe('取代本公告的公告') })
  .describe('公告所涉标段在回答时的状态')
  .register(API_SCHEMAS, { id: 'NoticeStanding' }) satisfies z.ZodType<NoticeStanding>;
const lotSummarySchema = z
  .object({
    lots: z.int().min(1).describe('标段（包、宗地）数；不分标段时为 1'),
    word: z.string().describe('标段（包、宗地）的量词'),
    first: z
      .object({
        lot: z.string().describe('标段（包、宗地）的名称；公告没有写明时为空'),
        role: z.string().describe('中标、第一候选、投标等，按公告所处环节'),
        suppliers: z.array(z.string()).describe('单位名称；多个为联合体'),
        amountFen: amountSchema.nullable().describe('该标段确切的金额；没有时为 null'),
        price: z.string().nullable().describe('该标段的价格，供显示；不是确切金额的用公告原文'),
      })
      .nullable()
      .describe('第一个有结果的标段；公告没有点名时为 null'),
  })
  .describe('标段（包、宗地）概要')
  .register(API_SCHEMAS, { id: 'LotSummary' }) satisfies z.ZodType<LotSummary>;

/** Fields of a notice in lists; the pages of search and of projects carry the same. */
export const noticeSummaryFields = {
  id: idSchema.describe('公告编号，永久不变'),
  title: z.string().describe('标题'),
  category: categorySchema,
  stage: stageSchema,
  county: countySchema,
  publishedAt: instantSchema.describe('来源的发布时间'),
  publishedPrecision: z.enum(['day', 'minute', 'second']).describe('发布时间的精度；day 表示来源只给出日期'),
  deadlineAt: instantSchema
    .nullable()
    .describe('截止时间；deadlinePrecision 为 day 时是当日零时（北京时间），至当日结束才截止'),
  deadlinePrecision: momentPrecisionSchema.nullable().describe('截止时间的精度；没有截止时间时为 null'),
  openingAt: instantSchema
    .nullable()
    .describe('开标（开启、拍卖）时间；openingPrecision 为 day 时是当日零时（北京时间）'),
  openingPrecision: momentPrecisionSchema.nullable().describe('开标时间的精度；没有开标时间时为 null'),
  amountFen: amountSchema.nullable(),
  amountKind: z
    .enum(AMOUNT_KINDS)
    .nullable()
    .describe(`金额的含义：${AMOUNT_KINDS.map((kind) => `${kind} ${AMOUNT_LABELS[kind]}`).join('，')}`),
  buyer: z.string().nullable().describe('招标（采购、出让、转让）人'),
  suppliers: z.array(z.string()).describe('中标（成交、竞得、受让）人'),
  tenderers: z.array(z.string()).describe('候选人公示中的候选人、开标记录中的投标人；尚未中标'),
  lots: lotSummarySchema,
  projectCode: z.string().nullable().describe('项目编号'),
  projectId: idSchema.nullable().describe('所属项目，见 /api/v1/projects/{id}'),
  closesAt: instantSchema
    .nullable()
    .describe(
      '本公告代表的投标（报名、竞买）何时截止，更正后的时间也在内：招标（采购、出让）公告代表它那一轮，更正公告为 null；不作数（已被取代、暂停、提前结束）时为 null。一个项目只有一条公告的 closesAt 在将来',
    ),
  superseded: supersededSchema.nullable().describe('取代它的公告'),
  dealState: dealStateSchema
    .nullable()
    .describe('项目各公告所说的状态，不计其后时间的经过：open 在 closesAt 之后即已截止'),
  version: z.int().min(1).describe('当前版本号，从 1 起'),
  sourceName: z.string().describe('来源网站'),
  facts: factsSchema,
};

export const noticeSummarySchema = z
  .object(noticeSummaryFields)
  .describe('公告摘要')
  .register(API_SCHEMAS, { id: 'NoticeSummary' }) satisfies z.ZodType<NoticeSummary>;

export const facetsSchema = z
  .object({
    category: z.partialRecord(categorySchema, countSchema).describe('各交易类别的条数'),
    stage: z.partialRecord(stageSchema, countSchema).describe('各环节的条数'),
    county: z.partialRecord(countySchema, countSchema).describe('各县（市、区）的条数'),
  })
  .describe('每个筛选项下各取值的条数；统计某一项时，其余筛选条件不变')
  .register(API_SCHEMAS, { id: 'Facets' }) satisfies z.ZodType<Facets>;

export const noticePageSchema = z
  .object({
    items: z.array(noticeSummarySchema).describe('本页公告'),
    total: totalSchema,
    asOf: asOfSchema,
    next: nextSchema,
    facets: facetsSchema,
  })
  .describe('公告列表的一页')
  .register(API_SCHEMAS, { id: 'NoticePage' }) satisfies z.ZodType<NoticePage>;

const attachmentSchema = z
  .object({
    name: z.string().describe('文件名'),
    url: z.string().describe('来源网站上的地址'),
    mediaType: z.string().nullable().describe('媒体类型'),
    size: countSchema.nullable().describe('字节数；来源未给出时为 null'),
    copy: z
      .object({
        sha256: z.string().describe('内容的 SHA-256；在 /file/{sha256} 下载'),
        size: z.int().describe('字节数'),
        fetchedAt: instantSchema.describe('从来源取得的时间'),
      })
      .nullable()
      .describe('本站保存的副本；没有保存时为 null'),
  })
  .describe('附件及本站保存的副本')
  .register(API_SCHEMAS, { id: 'Attachment' }) satisfies z.ZodType<KeptAttachmentView>;

const noticeVersionSchema = z
  .object({
    version: z.int().min(1).describe('版本号'),
    publishedAt: instantSchema.describe('本平台发布这一版本的时间'),
    hash: z
      .string()
      .nullable()
      .describe('该版本规范 JSON（RFC 8785）的 SHA-256，十六进制；公告已撤回或该版本已依法删除时为 null'),
    seal: z
      .string()
      .nullable()
      .describe(
        '封印：不公开的随机数与该版本规范 JSON 的 SHA-256，十六进制；内容删除后仍保留，撤回没有自己的内容，为 null',
      ),
    removal: z
      .object({ reason: z.string().describe('依据'), at: instantSchema.describe('删除的时间') })
      .nullable()
      .describe('该版本已依法删除'),
    reason: z
      .enum(['created', 'changed', 'withdrawn', 'restored'])
      .describe('产生版本的原因：created 首次发布，changed 内容变更，withdrawn 撤回，restored 恢复'),
    changedFields: z.array(z.string()).describe('与上一版本不同的字段'),
  })
  .describe('公告的一个版本')
  .register(API_SCHEMAS, { id: 'NoticeVersion' }) satisfies z.ZodType<NoticeVersionView>;

const correctionSchema = z
  .object({
    original: z
      .object({
        id: idSchema.describe('公告编号'),
        title: z.string().describe('标题'),
        publishedAt: instantSchema.describe('来源的发布时间'),
      })
      .optional()
      .describe('被更正的公告；本平台没有时缺'),
    changes: z
      .array(
        z.object({
          key: z.enum(FACT_KEYS).describe('要素'),
          before: factSchema.describe('更正前'),
          after: factSchema.describe('更正后'),
        }),
      )
      .describe('改变的要素，改期在前'),
  })
  .describe('更正公告与被更正公告的对照')
  .register(API_SCHEMAS, { id: 'Correction' }) satisfies z.ZodType<CorrectionView>;

export const noticeSchema = z
  .object({
    ...noticeSummaryFields,
    bodyHtml: z.string().describe('正文，已净化的 HTML 片段；来源没有提供正文时为空'),
    attachments: z.array(attachmentSchema).describe('附件'),
    standing: noticeStandingSchema.nullable().describe('状态；没有公告说明时为 null'),
    correction: correctionSchema.nullable().describe('更正公告的对照；其他公告为 null'),
    agency: z.string().nullable().describe('代理机构'),
    lotCode: z.string().nullable().describe('标段（包）编号'),
    publishedBy: countySchema,
    sourceKey: z.string().describe('来源的代码，见 /api/v1/sources'),
    sourceUrl: z.string().nullable().describe('来源网站上的原文地址'),
    firstSeenAt: instantSchema.describe('本平台首次收到的时间'),
    updatedAt: instantSchema.describe('本平台最近一次更新内容的时间'),
    lastSeenAt: instantSchema.describe('最近一次在来源中看到的时间'),
    goneFromSource: z.boolean().describe('来源已不再列出；公告仍然公开'),
    redacted: z.boolean().describe('个人信息已遮蔽'),
    versions: z.array(noticeVersionSchema).describe('全部版本，新的在前'),
    stages: z.array(noticeSummarySchema).describe('同一项目的公告，按时间先后，含本条'),
    related: z.array(noticeSummarySchema).describe('同一单位或同地同类的近期公告'),
    alsoPublishedAt: z
      .array(z.object({ sourceName: z.string().describe('来源网站'), url: z.string().nullable().describe('原文地址') }))
      .describe('同一公告的其他发布地址'),
    possibleDuplicates: z.array(noticeSummarySchema).describe('可能重复的公告，未合并，供人工比对'),
  })
  .describe('公告全文')
  .register(API_SCHEMAS, { id: 'Notice' }) satisfies z.ZodType<NoticeView>;

export const noticeVersionsSchema = z
  .object({
    items: z.array(noticeVersionSchema).describe('全部版本，新的在前'),
    total: totalSchema,
    asOf: asOfSchema,
    next: nextSchema,
  })
  .describe('公告的全部版本')
  .register(API_SCHEMAS, { id: 'NoticeVersions' });
