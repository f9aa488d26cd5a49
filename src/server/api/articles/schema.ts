import { z } from 'zod';
import {
  ARTICLE_KIND_KEYS,
  ARTICLE_KINDS,
  ARTICLE_NATURE_KEYS,
  VALIDITY,
  VALIDITY_KEYS,
} from '#src/domain/articles/kinds.ts';
import type { ArticleSummary } from '#src/domain/articles/views.ts';
import { API_SCHEMAS, categorySchema, countSchema, countySchema, idSchema, instantSchema } from '../terms.ts';

const day = z.iso.date().nullable();
const kindSchema = z
  .enum(ARTICLE_KIND_KEYS)
  .describe(`栏目：${ARTICLE_KIND_KEYS.map((key) => `${key} ${ARTICLE_KINDS[key].label}`).join('，')}`)
  .register(API_SCHEMAS, { id: 'ArticleKind' });
const validitySchema = z
  .enum(VALIDITY_KEYS)
  .nullable()
  .describe(`有效性：${VALIDITY_KEYS.map((key) => `${key} ${VALIDITY[key]}`).join('，')}；不是法规和文件的为 null`);

const SUMMARY = {
  id: idSchema.describe('编号'),
  county: countySchema.describe('发布的县（市、区）'),
  kind: kindSchema,
  category: categorySchema.nullable().describe('交易类别；不限的为 null'),
  nature: z
    .enum(ARTICLE_NATURE_KEYS)
    .describe('性质：own 本单位发布，general 随软件提供的通用说明，fictional 演示用的虚构内容'),
  title: z.string().describe('标题'),
  summary: z.string().describe('摘要'),
  issuer: z.string().describe('发布机构；没有的为空'),
  number: z.string().describe('文号；没有的为空'),
  issuedOn: day.describe('成文日期'),
  validity: validitySchema,
  version: z.int().min(1).describe('版本'),
  publishedAt: instantSchema.describe('首次发布的时间'),
  updatedAt: instantSchema.describe('当前版本的时间'),
};

export const articleSummarySchema = z
  .object(SUMMARY)
  .describe('列表中的文章')
  .register(API_SCHEMAS, { id: 'ArticleSummary' });

export const articlePageSchema = z
  .object({
    items: z.array(articleSummarySchema).describe('文章，新发布的在前'),
    total: countSchema.describe('总数'),
  })
  .describe('文章的一页')
  .register(API_SCHEMAS, { id: 'ArticlePage' });

const stepSchema = z.object({
  title: z.string().describe('做什么'),
  holder: z.string().describe('责任主体'),
  limit: z.string().describe('时限'),
  rule: z.string().describe('依据'),
  risk: z.string().describe('廉政风险点'),
  note: z.string().describe('说明'),
});
const versionSchema = z.object({
  version: z.int().min(1).describe('版本'),
  reason: z
    .enum(['published', 'corrected', 'withdrawn', 'restored'])
    .describe('事由：published 发布，corrected 更正，withdrawn 撤回，restored 恢复'),
  note: z.string().describe('更正说明或撤回原因；没有的为空'),
  at: instantSchema.describe('时间'),
  hash: z.string().nullable().describe('内容（规范 JSON）的 SHA-256；撤回的为 null'),
});

export const articleSchema = z
  .object({
    ...SUMMARY,
    source: z.string().describe('来源'),
    effectiveOn: day.describe('施行日期'),
    raisedOn: day.describe('问题提出的日期，或有误内容的发布日期'),
    answeredOn: day.describe('答复或解决的日期'),
    keywords: z.string().describe('关键词'),
    bodyHtml: z.string().describe('正文，已净化的 HTML'),
    steps: z.array(stepSchema).describe('步骤'),
    media: z
      .object({
        sha256: z.string().describe('视频或音频文件'),
        captions: z.string().describe('字幕（WebVTT）'),
        poster: z.string().nullable().describe('封面'),
        transcript: z.string().describe('文字稿，与字幕一致'),
      })
      .nullable()
      .describe('视频或音频：各文件的 SHA-256，在 /file/{sha256}'),
    page: z.string().describe('更正说明所更正的页面；其他的为空'),
    attachments: z
      .array(z.object({ sha256: z.string().describe('文件的 SHA-256'), name: z.string().describe('名称') }))
      .describe('附件'),
    versions: z.array(versionSchema).describe('全部版本，新的在前'),
    related: z.array(articleSummarySchema).describe('相关的文件、解读和音视频，两边都列'),
    files: z
      .array(
        z.object({
          sha256: z.string().describe('文件的 SHA-256'),
          name: z.string().describe('名称'),
          size: countSchema.describe('字节数'),
          mediaType: z.string().describe('媒体类型'),
        }),
      )
      .describe('当前版本的文件'),
  })
  .describe('一篇文章')
  .register(API_SCHEMAS, { id: 'Article' });

export const SUMMARY_EXAMPLE: ArticleSummary = {
  ...{ id: 'k3vq7mzt2f5a', county: 'jining', kind: 'guide', category: 'procurement', nature: 'general' },
  ...{ title: '政府采购办事指南', summary: '从采购意向到履约验收的步骤、时限和依据。', issuer: '', number: '' },
  ...{ issuedOn: null, validity: null, version: 1 },
  ...{ publishedAt: '2026-03-02T01:00:00.000Z', updatedAt: '2026-03-02T01:00:00.000Z' },
};
