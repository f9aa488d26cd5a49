import { z } from 'zod';
import { NAME_KINDS, ORGANIZATION_ROLES, PARTY_MATCHES, ROLE_KEYS } from '#src/domain/organizations/organization.ts';
import type {
  AwardHistory,
  AwardRow,
  Library,
  OrganizationPage,
  OrganizationSummary,
  OrganizationView,
} from '#src/domain/organizations/views.ts';
import {
  API_SCHEMAS,
  amountSchema,
  asOfSchema,
  categorySchema,
  countSchema,
  countySchema,
  idSchema,
  instantSchema,
  nextSchema,
  totalSchema,
} from '../terms.ts';

const keysOf = <Key extends string>(labels: Record<Key, string>) => Object.keys(labels) as [Key, ...Key[]];
const explain = (labels: Record<string, string>) =>
  Object.entries(labels)
    .map(([value, label]) => `${value} ${label}`)
    .join('，');

const roleSchema = z.enum(ROLE_KEYS).describe(`角色：${explain(ORGANIZATION_ROLES)}`);
const noticesSchema = countSchema.describe('公开公告条数，每条只计一次');
const daySchema = z.iso.date();
const organizationIdSchema = idSchema.describe('单位的编号，由统一社会信用代码或名称算出，永久不变');
const usccSchema = z.string().nullable().describe('统一社会信用代码；只知道名称的单位为 null');

const identity = {
  id: organizationIdSchema,
  name: z.string().describe('现用名称'),
  uscc: usccSchema,
  notices: noticesSchema,
  roles: z.array(z.object({ role: roleSchema, notices: noticesSchema })).describe('以各角色出现的公告条数'),
  counties: z.array(z.object({ county: countySchema, notices: noticesSchema })).describe('各县（市、区）的公告条数'),
};

const summarySchema = z
  .object({
    ...identity,
    matchedName: z.string().nullable().describe('按曾用名或其他写法找到时，是哪个名称'),
  })
  .describe('一个单位')
  .register(API_SCHEMAS, { id: 'OrganizationSummary' }) satisfies z.ZodType<OrganizationSummary>;

export const organizationPageSchema = z
  .object({
    items: z.array(summarySchema).describe('本页的单位，公告多的在前'),
    total: totalSchema,
    asOf: asOfSchema,
    next: nextSchema,
  })
  .describe('单位列表')
  .register(API_SCHEMAS, { id: 'OrganizationPage' }) satisfies z.ZodType<OrganizationPage>;

const totals = {
  awards: countSchema.describe('中标（成交）的标段（包、宗地）数；候选人、投标人两种角色的是参与的标段数，不是中标'),
  totalFen: amountSchema.describe('确切金额之和，单位为分；等于各行 amountFen 之和'),
  leftOut: countSchema.describe('金额不确切或为几家（含联合体）共有、没有计入的标段数'),
};

const awardSchema = z
  .object({
    noticeId: idSchema.describe('公告的标识'),
    title: z.string().describe('公告标题'),
    category: categorySchema,
    county: countySchema,
    publishedAt: instantSchema.describe('发布时间'),
    publishedPrecision: z.enum(['day', 'minute', 'second']).describe('发布时间精确到日、分还是秒'),
    amountFen: amountSchema.nullable().describe('该公告中归这个单位的各标段确切金额之和，单位为分；没有时为 null'),
    buyer: z.string().nullable().describe('招标（采购、出让、转让）人'),
    lots: z
      .array(
        z.object({
          lot: z.string().nullable().describe('标段（包、宗地）；公告没有写明时为 null'),
          suppliers: z.array(z.string()).describe('单位名称；多个为联合体'),
          rank: z.int().min(1).nullable().describe('候选人的排名'),
          amountFen: amountSchema.nullable().describe('该标段的确切金额，单位为分；不确切或为几家共有时为 null'),
        }),
      )
      .describe('计入合计的各标段'),
    matchedBy: z.enum(keysOf(PARTY_MATCHES)).describe(`怎样认出是这个单位：${explain(PARTY_MATCHES)}`),
  })
  .describe('一条公告中归这个单位的标段')
  .register(API_SCHEMAS, { id: 'OrganizationAward' }) satisfies z.ZodType<AwardRow>;

const partnerSchema = z.object({ id: organizationIdSchema, name: z.string().describe('单位名称') });

const historySchema = z
  .object({
    role: roleSchema,
    partner: partnerSchema.nullable().describe('只含与这个单位往来的；没有限定时为 null'),
    totals: z.object(totals).describe('合计，恰为全部各行之和'),
    counties: z.array(z.object({ county: countySchema, ...totals })).describe('各县（市、区）的合计'),
    items: z.array(awardSchema).describe('本页的公告，新的在前'),
    next: nextSchema,
    partners: z
      .array(partnerSchema.extend({ awards: totals.awards, totalFen: totals.totalFen }))
      .describe('往来最多的单位'),
  })
  .describe('以一种角色参与的中标（成交）历史')
  .register(API_SCHEMAS, { id: 'AwardHistory' }) satisfies z.ZodType<AwardHistory>;

const entry = {
  source: z.string().describe('出自哪个名录或机构'),
  sourceUrl: z.string().nullable().describe('出处的地址'),
  validFrom: daySchema.nullable().describe('有效期自'),
  validUntil: daySchema.nullable().describe('有效期至'),
  checkedAt: instantSchema.describe('最近一次与出处核对的时间'),
};
const text = (description: string) => z.string().describe(description);
const optional = (description: string) => z.string().nullable().describe(description);

const librarySchema = z
  .object({
    qualifications: z
      .array(
        z.object({
          name: text('资质名称'),
          grade: optional('等级'),
          certificateNo: optional('证书编号'),
          issuer: optional('发证机关'),
          ...entry,
        }),
      )
      .describe('资质'),
    achievements: z
      .array(
        z.object({
          name: text('项目名称'),
          owner: optional('建设（采购）单位'),
          amountFen: amountSchema.nullable().describe('合同金额，单位为分'),
          finishedOn: daySchema.nullable().describe('完成日期'),
          ...entry,
        }),
      )
      .describe('业绩'),
    honours: z
      .array(z.object({ name: text('荣誉名称'), grade: optional('级别'), issuer: optional('授予单位'), ...entry }))
      .describe('荣誉'),
    staff: z
      .array(
        z.object({
          surname: text('姓氏；不公布全名和证件号码'),
          kind: text('证书类别'),
          specialty: optional('专业'),
          grade: optional('等级'),
          ...entry,
        }),
      )
      .describe('人员'),
  })
  .describe('企业信息库：资质、业绩、荣誉、人员')
  .register(API_SCHEMAS, { id: 'OrganizationLibrary' }) satisfies z.ZodType<Library>;

export const organizationSchema = z
  .object({
    ...identity,
    names: z
      .array(
        z.object({
          name: text('名称'),
          kind: z.enum(keysOf(NAME_KINDS)).describe(`名称类型：${explain(NAME_KINDS)}`),
          known: z
            .enum(['notice', 'library', 'reviewed'])
            .describe('出自 notice 公告、library 名录或 reviewed 人工核实'),
        }),
      )
      .describe('全部名称，现用名称在前'),
    matchedByName: countSchema.describe('仅凭名称相同归入的公告条数'),
    sameName: z
      .array(z.object({ id: organizationIdSchema, name: text('名称'), uscc: usccSchema }))
      .describe('同名而代码不同，或没有代码、不能确定是谁的单位'),
    totals: z.array(z.object({ role: roleSchema, ...totals })).describe('各角色的合计；只有中标（成交）的才是中标金额'),
    history: historySchema.nullable().describe('中标（成交）历史；没有时为 null'),
    library: librarySchema,
    asOf: asOfSchema,
  })
  .describe('一个单位的身份、中标历史和信息库')
  .register(API_SCHEMAS, { id: 'Organization' }) satisfies z.ZodType<OrganizationView>;
