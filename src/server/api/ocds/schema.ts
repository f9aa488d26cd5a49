import { z } from 'zod';
import type { OcdsDocument, Release } from '#src/domain/ocds/release.ts';
import { RELEASE_TAGS } from '#src/domain/ocds/release.ts';
import type { RecordPackage, ReleasePackage } from '../../ocds/package.ts';
import { API_SCHEMAS } from '../terms.ts';

const dateSchema = z.iso.datetime({ offset: true });
const uriSchema = z.url();

export const ocdsValueSchema = z
  .object({
    amount: z.number().describe('金额，单位为元'),
    currency: z.literal('CNY').describe('货币，总是人民币'),
  })
  .describe('OCDS 的金额：以元计的数')
  .register(API_SCHEMAS, { id: 'OcdsValue' });

const referenceSchema = z
  .object({ id: z.string().describe('parties 中的编号'), name: z.string().describe('名称') })
  .describe('对 parties 中一个单位的引用')
  .register(API_SCHEMAS, { id: 'OcdsReference' });

const partySchema = z.object({
  id: z.string().describe('由名称得出的编号'),
  name: z.string().describe('名称'),
  identifier: z
    .object({
      scheme: z.string().describe('代码的种类：CN-USCI，统一社会信用代码'),
      id: z.string().describe('代码'),
      legalName: z.string().describe('名称'),
      uri: uriSchema.optional().describe('单位页面'),
    })
    .optional()
    .describe('统一社会信用代码；不能确定时缺'),
  roles: z
    .array(z.enum(['buyer', 'procuringEntity', 'tenderer', 'supplier']))
    .describe('角色；代理机构为 procuringEntity'),
});

export const ocdsDocumentSchema = z
  .object({
    id: z.string().describe('公告或附件的编号'),
    documentType: z.string().optional().describe('OCDS 的文件类型'),
    title: z.string().describe('标题或文件名'),
    url: uriSchema.optional().describe('公告在本站的地址，附件在来源网站的地址'),
    datePublished: dateSchema.optional().describe('发布时间'),
    dateModified: dateSchema.optional().describe('内容变更的时间'),
    format: z.string().optional().describe('媒体类型'),
    language: z.string().optional().describe('语言'),
  })
  .describe('公告或附件')
  .register(API_SCHEMAS, { id: 'OcdsDocument' }) satisfies z.ZodType<OcdsDocument>;

const periodSchema = z.object({
  startDate: dateSchema.optional().describe('开始'),
  endDate: dateSchema.optional().describe('截止'),
});
const documentsSchema = z.array(ocdsDocumentSchema).optional().describe('公告和附件');
const relatedLotsSchema = z.array(z.string()).optional().describe('所属标段（包）');

const tenderSchema = z.object({
  id: z.string().describe('项目编号；没有时为项目的内部编号'),
  title: z.string().optional().describe('项目名称'),
  status: z
    .enum(['planned', 'active', 'cancelled', 'unsuccessful', 'complete'])
    .nullish()
    .describe(
      '整个项目到这条公告为止的状态，有多个标段时以还要继续的为准；null 表示中止（暂停），合并时去掉以前的状态',
    ),
  procuringEntity: referenceSchema.optional(),
  value: ocdsValueSchema.optional(),
  procurementMethod: z
    .enum(['open', 'selective', 'limited', 'direct'])
    .optional()
    .describe('方式：公开招标和公开邀请的谈判、磋商、询价为 open，邀请招标为 limited，单一来源为 direct'),
  procurementMethodDetails: z.string().optional().describe('方式，来源的原文'),
  tenderPeriod: periodSchema.optional().describe('投标（响应）的时间'),
  enquiryPeriod: periodSchema.optional().describe('提问（异议）的时间'),
  lots: z
    .array(
      z.object({
        id: z.string().describe('标段（包）编号'),
        title: z.string().optional().describe('标段（包）名称'),
        value: ocdsValueSchema.optional(),
      }),
    )
    .optional()
    .describe('标段（包），lots 扩展'),
  documents: documentsSchema,
  amendments: z
    .array(
      z.object({
        id: z.string().describe('更正公告的编号'),
        date: dateSchema.describe('更正公告的发布时间'),
        description: z.string().describe('更正公告的标题'),
        releaseID: z.string().describe('更正后的内容所在的 release'),
      }),
    )
    .optional()
    .describe('更正'),
});

const bidSchema = z.object({
  id: z.string().describe('由标段和投标人得出的编号'),
  status: z.enum(['valid', 'pending']).describe('valid 已列为候选人，pending 已开标'),
  tenderers: z.array(referenceSchema).describe('投标人'),
  value: ocdsValueSchema.optional(),
  relatedLots: relatedLotsSchema,
});

const awardSchema = z.object({
  id: z.string().describe('由标段和中标人得出的编号'),
  status: z.enum(['pending', 'active']).describe('pending 第一中标候选人，公示中；active 中标（成交）'),
  date: dateSchema.optional().describe('公告的发布时间；只从合同得知的中标没有'),
  value: ocdsValueSchema.optional(),
  suppliers: z.array(referenceSchema).describe('中标（成交）人'),
  relatedLots: relatedLotsSchema,
  documents: documentsSchema,
});

const contractSchema = z.object({
  id: z.string().describe('合同编号；没有时为公告编号'),
  awardID: z.string().describe('所依据的 awards 编号'),
  status: z.literal('active').describe('状态'),
  value: ocdsValueSchema.optional(),
  dateSigned: dateSchema.optional().describe('签订日期'),
  documents: documentsSchema,
  implementation: z
    .object({ documents: z.array(ocdsDocumentSchema).describe('公告和附件') })
    .optional()
    .describe('履约'),
});

const releaseSchema = z
  .object({
    ocid: z.string().describe('合同过程的编号，同一项目的公告相同'),
    id: z.string().describe('公告编号和版本号'),
    date: dateSchema.describe('来源的发布时间'),
    tag: z.array(z.enum(RELEASE_TAGS)).describe('环节，OCDS 的 releaseTag'),
    initiationType: z.literal('tender').describe('发起方式，OCDS 只有一种'),
    language: z.literal('zh').describe('语言'),
    parties: z.array(partySchema).optional().describe('公告写明的单位'),
    buyer: referenceSchema.optional(),
    planning: z
      .object({
        budget: z.object({ amount: ocdsValueSchema }).optional().describe('预算'),
        documents: documentsSchema,
      })
      .optional()
      .describe('计划或意向'),
    tender: tenderSchema.optional().describe('招标（采购）'),
    bids: z
      .object({ details: z.array(bidSchema).describe('逐个投标') })
      .optional()
      .describe('投标，bids 扩展'),
    awards: z.array(awardSchema).optional().describe('中标（成交）'),
    contracts: z.array(contractSchema).optional().describe('合同'),
  })
  .describe('公告的当前版本，OCDS 1.1 的 release')
  .register(API_SCHEMAS, { id: 'OcdsRelease' }) satisfies z.ZodType<Release>;

const packageFields = {
  uri: uriSchema.describe('本答复的地址'),
  version: z.literal('1.1').describe('OCDS 的版本'),
  publishedDate: dateSchema.describe('其中的公告最近一次变更的时间'),
  publisher: z.object({ name: z.string().describe('名称'), uri: uriSchema.describe('网址') }).describe('发布者'),
  extensions: z.array(uriSchema).describe('所用的 OCDS 扩展'),
  license: uriSchema.optional().describe('许可的地址'),
  publicationPolicy: uriSchema.describe('关于数据的说明'),
};

export const releasePackageSchema = z
  .object({
    ...packageFields,
    releases: z.array(releaseSchema).describe('本页，至少一条；可能少于 limit'),
    links: z
      .object({ next: uriSchema.describe('下一页') })
      .optional()
      .describe('最后一页没有'),
  })
  .describe('OCDS 1.1 的 release package')
  .register(API_SCHEMAS, { id: 'OcdsReleasePackage' }) satisfies z.ZodType<ReleasePackage>;

export const recordPackageSchema = z
  .object({
    ...packageFields,
    records: z
      .array(
        z.object({
          ocid: z.string().describe('合同过程的编号'),
          releases: z.array(releaseSchema).describe('该项目全部公告的当前版本，先发布的在前'),
          compiledRelease: releaseSchema,
        }),
      )
      .describe('合同过程'),
  })
  .describe('OCDS 1.1 的 record package')
  .register(API_SCHEMAS, { id: 'OcdsRecordPackage' }) satisfies z.ZodType<RecordPackage>;
