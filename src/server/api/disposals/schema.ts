import { z } from 'zod';
import {
  DISPOSAL_CATEGORIES,
  DISPOSAL_EVENTS,
  type Disposal,
  type DisposalEvent,
} from '#src/domain/disposals/disposal.ts';
import type { DisposalPage } from '../../ocds/list.ts';
import { ocdsDocumentSchema, ocdsValueSchema } from '../ocds/schema.ts';
import { API_SCHEMAS, asOfSchema, idSchema, nextSchema, stageSchema } from '../terms.ts';

const dateSchema = z.iso.datetime({ offset: true });
const dayOrTimeSchema = z.union([dateSchema, z.iso.date()]);
const EVENTS = Object.keys(DISPOSAL_EVENTS) as [DisposalEvent, ...DisposalEvent[]];

const partySchema = z
  .object({
    name: z.string().describe('名称'),
    uscc: z.string().optional().describe('统一社会信用代码；不能确定时缺'),
  })
  .describe('资产处置的一方')
  .register(API_SCHEMAS, { id: 'DisposalParty' });

const money = (what: string) => z.object(ocdsValueSchema.shape).optional().describe(what);

const assetSchema = z.object({
  id: z.string().optional().describe('宗地或标的编号'),
  location: z.string().optional().describe('位置'),
  areaSquareMetres: z.number().optional().describe('面积，单位为平方米'),
  use: z.string().optional().describe('用途'),
  term: z.string().optional().describe('年限，来源的原文'),
  plotRatio: z.string().optional().describe('容积率，来源的原文'),
  mineral: z.string().optional().describe('矿种'),
  appraisedValue: money('评估值'),
  startPrice: money('起始价'),
  listingPrice: money('挂牌价'),
  deposit: money('保证金'),
  dealPrice: money('成交价'),
});

export const disposalSchema = z
  .object({
    id: z.string().describe('公告编号和版本号'),
    processId: idSchema.describe('所属项目，见 /api/v1/projects/{id}'),
    processCode: z.string().optional().describe('项目编号'),
    category: z.enum(DISPOSAL_CATEGORIES).describe('land 土地使用权，mining 矿业权，property 产权'),
    stage: stageSchema,
    event: z.enum(EVENTS).describe(EVENTS.map((event) => `${event} ${DISPOSAL_EVENTS[event]}`).join('，')),
    date: dateSchema.describe('来源的发布时间'),
    title: z.string().describe('标题'),
    seller: partySchema.optional(),
    agency: partySchema.optional(),
    purchasers: z.array(partySchema).optional().describe('竞得人、受让人'),
    assets: z.array(assetSchema).optional().describe('出让、转让的资产'),
    applicationDeadline: dayOrTimeSchema.optional().describe('报名（竞买申请）截止时间；公告只写日期时为日期'),
    saleAt: dayOrTimeSchema.optional().describe('拍卖或挂牌截止的时间；公告只写日期时为日期'),
    documents: z.array(ocdsDocumentSchema).describe('公告和附件'),
  })
  .describe('公有资产出让、转让的一条公告。OCDS 只描述采购，处置用卖方和买方的名称另成一式')
  .register(API_SCHEMAS, { id: 'Disposal' }) satisfies z.ZodType<Disposal>;

export const disposalPageSchema = z
  .object({
    items: z.array(disposalSchema).describe('本页；可能少于 limit'),
    asOf: asOfSchema,
    next: nextSchema,
  })
  .describe('资产处置列表的一页')
  .register(API_SCHEMAS, { id: 'DisposalPage' }) satisfies z.ZodType<DisposalPage>;
