import { z } from 'zod';
import { API_SCHEMAS, countSchema, idSchema, instantSchema } from './terms.ts';

const common = {
  seq: countSchema.describe('序号，按提交的先后'),
  id: idSchema.describe('公告的编号'),
  at: instantSchema.describe('变更的时间'),
};

const changeSchema = z
  .union([
    z.object({
      ...common,
      kind: z.literal('upsert').describe('公告新增或变更'),
      version: countSchema.describe('版本'),
      hash: z.string().describe('notice 的规范 JSON（RFC 8785）的 SHA-256'),
      notice: z.record(z.string(), z.unknown()).describe('公告此刻公开的全部内容，与验证所用的版本逐字节相同'),
    }),
    z.object({ ...common, kind: z.literal('remove').describe('公告不再公开：已撤回、依法下线，或并入同一公告') }),
  ])
  .describe('一项变更')
  .register(API_SCHEMAS, { id: 'Change' });

export const changePageSchema = z
  .object({
    items: z.array(changeSchema).describe('变更，先提交的在前；同一公告在一页中只出现一次，为其最新内容'),
    next: z.string().describe('下一次的 since'),
    newest: z.string().describe('最新变更的序号；小于读者已读到的位置时，说明数据库恢复自备份，应从头读起'),
    upToDate: z.boolean().describe('next 之后暂无变更'),
  })
  .describe('一页变更')
  .register(API_SCHEMAS, { id: 'ChangePage' });
