import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineSelect } from '#db/query.ts';
import { noticeVersions, publishedNotices } from '#db/schema/notices.ts';
import { aliased, named } from '#db/sql-pieces.ts';
import type { PublishedNotice } from '#src/domain/notices/published-notice.ts';
import { ROLE_KEYS } from '#src/domain/organizations/organization.ts';
import { noticeSummaryFields } from '../api/notices/schema.ts';
import { countSchema, idSchema, instantSchema } from '../api/terms.ts';
import { listPublishedNotices } from '../notices/published.ts';

/** A notice as bulk files give it. */
export interface BulkNotice extends PublishedNotice {
  bodyHtml: string;
}

/** What a line of an NDJSON file says; the data dictionary is made of it. */
export const bulkNoticeSchema = z
  .object({
    ...noticeSummaryFields,
    projectId: idSchema.describe('所属项目'),
    agency: z.string().nullable().describe('代理机构'),
    lotCode: z.string().nullable().describe('标段（包）编号'),
    sourceKey: z.string().describe('来源的代码'),
    sourceUrl: z.string().nullable().describe('来源网站上的原文地址'),
    updatedAt: instantSchema.describe('本平台最近一次更新内容的时间'),
    hash: z.string().describe('该版本规范 JSON（RFC 8785）的 SHA-256，十六进制'),
    attachments: z
      .array(
        z.object({
          name: z.string().describe('文件名'),
          url: z.string().describe('来源网站上的地址'),
          mediaType: z.string().nullable().describe('媒体类型'),
          size: countSchema.nullable().describe('字节数'),
        }),
      )
      .describe('附件'),
    parties: z
      .array(
        z.object({
          role: z
            .enum(ROLE_KEYS)
            .describe('角色：buyer 招标（采购、出让）人，agency 代理机构，supplier 中标（成交）人'),
          name: z.string().describe('名称'),
          uscc: z.string().nullable().describe('统一社会信用代码；不能确定时为 null'),
          organizationId: z.string().nullable().describe('单位编号，见 /api/v1/organizations/{id}'),
        }),
      )
      .describe('公告写明的单位'),
    bodyHtml: z.string().describe('正文，已净化的 HTML 片段'),
  })
  .describe('公告的当前版本') satisfies z.ZodType<BulkNotice>;

const BATCH = 200;

const n = aliased(publishedNotices, 'n');
const v = aliased(noticeVersions, 'v');
/** Bodies of the public notices among those with the given ids, a JSON array. */
const BODIES = defineSelect((p: Params<{ ids: string }>) => ({
  fields: { id: n.id, bodyHtml: sql<string>`coalesce(json_extract(${v.content}, '$.bodyHtml'), '')` },
  rest: sql`FROM ${named(n)} JOIN ${named(v)} ON ${v.noticeId} = ${n.id} AND ${v.version} = ${n.version}
    WHERE ${n.id} IN (SELECT value FROM json_each(${p.ids}))`,
}));

/** The notices with the given ids in batches, each read when it is asked for. */
export async function* walkBulkNotices(db: Db, ids: readonly string[]): AsyncGenerator<BulkNotice[]> {
  for (let start = 0; start < ids.length; start += BATCH) yield readBatch(db, ids.slice(start, start + BATCH));
}

function readBatch(db: Db, ids: readonly string[]): BulkNotice[] {
  const rows = BODIES.all(db, { ids: JSON.stringify(ids) });
  const bodies = new Map(rows.map(({ id, bodyHtml }) => [id, bodyHtml]));
  return listPublishedNotices(db, ids).map((notice) => ({ ...notice, bodyHtml: bodies.get(notice.id) ?? '' }));
}
