import { z } from 'zod';
import { CATEGORIES, CATEGORY_SLUGS } from '#src/domain/categories.ts';
import { COUNTIES, COUNTY_SLUGS } from '#src/domain/counties/counties.ts';
import { FACT_CONFIDENCES, FACT_DOUBTS, FACT_FORMS, FACT_RULES } from '#src/domain/facts/fact-evidence.ts';
import { listFactWords } from '#src/domain/facts/fact-words.ts';
import { FACT_KEYS, type FactValue } from '#src/domain/facts/facts.ts';
import { ID_PATTERN } from '#src/domain/identifiers/ids.ts';
import { STAGE_SLUGS, STAGES } from '#src/domain/stages.ts';
import { MOMENT_PRECISIONS } from '#src/domain/time/moment.ts';

/** Schemas that the API document names as components; everything else stands where it is used. */
export const API_SCHEMAS = z.registry<{ id: string }>();

/** The component name of a schema. @throws Error when it was never given one. */
export function componentName(schema: z.ZodType): string {
  const id = API_SCHEMAS.get(schema)?.id;
  if (!id) throw new Error('a schema without a name in the API document');
  return id;
}

/** `value：label` for each value of a vocabulary, so that the document explains its codes. */
const explain = (title: string, labels: [string, string][]) =>
  `${title}：${labels.map(([value, label]) => `${value} ${label}`).join('，')}`;

export const categorySchema = z
  .enum(CATEGORY_SLUGS)
  .describe(
    explain(
      '交易类别',
      CATEGORY_SLUGS.map((slug) => [slug, CATEGORIES[slug].label]),
    ),
  )
  .register(API_SCHEMAS, { id: 'Category' });

export const stageSchema = z
  .enum(STAGE_SLUGS)
  .describe(
    explain(
      '环节',
      STAGE_SLUGS.map((slug) => [slug, STAGES[slug].label]),
    ),
  )
  .register(API_SCHEMAS, { id: 'Stage' });

export const countySchema = z
  .enum(COUNTY_SLUGS)
  .describe(
    explain(
      '县（市、区）',
      COUNTY_SLUGS.map((slug) => [slug, COUNTIES[slug].label]),
    ),
  )
  .register(API_SCHEMAS, { id: 'County' });

export const instantSchema = z.iso.datetime();
export const idSchema = z.string().regex(ID_PATTERN);
export const countSchema = z.int().min(0);
const fenSchema = z.int();

/** Money: integer fen, so that no digit is lost on the way. */
export const amountSchema = fenSchema.describe('金额，单位为分（1 元 = 100 分），整数');

/** How exact a deadline, an opening or a date of a notice is. */
export const momentPrecisionSchema = z
  .enum(MOMENT_PRECISIONS)
  .describe(
    '时间的精度：day 只有日期，时间记为当日零时（北京时间），至当日结束才算过；minute 到分；second 到秒；endOfDay 为当日 24:00，时间记为次日零时',
  )
  .register(API_SCHEMAS, { id: 'MomentPrecision' });

const valueSchema = z.object({
  text: z.string().describe('来源的原文'),
  fen: fenSchema.optional().describe('能确切读出的金额，单位为分'),
  squareMetres: z.number().optional().describe('能确切读出的面积，单位为平方米'),
  instant: instantSchema.optional().describe('能确切读出的时间；只有日期时为当日零时（北京时间）'),
  precision: momentPrecisionSchema.optional().describe('时间的精度，与 instant 同时给出'),
  form: z
    .enum(keysOf(FACT_FORMS))
    .optional()
    .describe(explain('价格不是总额', Object.entries(FACT_FORMS))),
  rule: z
    .enum(keysOf(FACT_RULES))
    .optional()
    .describe(explain('识读方式', Object.entries(FACT_RULES))),
  confidence: z
    .enum(keysOf(FACT_CONFIDENCES))
    .optional()
    .describe(explain('可信程度', Object.entries(FACT_CONFIDENCES))),
  span: z
    .tuple([countSchema, countSchema])
    .readonly()
    .optional()
    .describe('在正文中的位置：首字和末字之后的序号，空白字符不计'),
  doubt: z
    .enum(keysOf(FACT_DOUBTS))
    .optional()
    .describe(explain('存疑的原因；存疑的要素没有数值', Object.entries(FACT_DOUBTS))),
  isSeen: z.literal(true).optional().describe('工作人员已对照原文：公告本身没有写明'),
  corrected: z
    .object({
      at: instantSchema.describe('更正时间'),
      reason: z.string().describe('更正原因'),
      before: z.string().optional().describe('此前识读的内容；此前没有识读到时不给出'),
    })
    .optional()
    .describe('人工更正：工作人员对照原文作出，公告原文不变'),
});

export const factSchema = valueSchema
  .extend({
    entries: z.array(z.record(z.string(), valueSchema)).optional().describe('逐行的内容：候选人、投标、标段或宗地'),
  })
  .describe('从公告读出的一项要素')
  .register(API_SCHEMAS, { id: 'Fact' }) satisfies z.ZodType<FactValue>;

function keysOf<K extends string>(record: Record<K, string>): [K, ...K[]] {
  return Object.keys(record) as [K, ...K[]];
}

export const factsSchema = z.partialRecord(z.enum(FACT_KEYS), factSchema).describe(
  explain(
    '公告要素',
    FACT_KEYS.map((key) => [key, listFactWords(key).join('/')]),
  ),
);

export const asOfSchema = instantSchema.describe('数据截至：最近一次成功同步的时间');
export const totalSchema = countSchema.describe('符合条件的总数，精确值');
export const nextSchema = z.string().nullable().describe('下一页的 cursor；最后一页为 null');
