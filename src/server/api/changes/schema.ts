import { z } from 'zod';
import { LIBRARY_BLOCKS, type LibraryTable } from '../../organizations/library.ts';
import { API_SCHEMAS, countSchema, idSchema, instantSchema } from '../terms.ts';

const common = {
  seq: countSchema.describe('序号，按提交的先后'),
  id: idSchema.describe('公告或条目的编号'),
  at: instantSchema.describe('变更的时间'),
};
const removals = {
  removedVersions: z
    .array(
      z.object({
        version: countSchema.describe('版本'),
        reason: z.string().describe('依据'),
        at: instantSchema.describe('删除的时间'),
      }),
    )
    .optional()
    .describe('依法删除的版本：内容已销毁，抄录者也应销毁摘要不在 keptHashes 中的各个版本'),
  keptHashes: z.array(z.string()).optional().describe('仍然公开的各个版本的摘要；有依法删除的版本时才有'),
};
const versioned = {
  ...removals,
  ...common,
  kind: z.literal('upsert').describe('新增或变更'),
  version: countSchema.describe('版本'),
};
const BLOCK_NAMES = Object.keys(LIBRARY_BLOCKS) as [LibraryTable, ...LibraryTable[]];
const contentSchema = z.record(z.string(), z.unknown());

const noticeSchema = z
  .object({
    ...versioned,
    hash: z.string().describe('notice 的规范 JSON（RFC 8785）的 SHA-256'),
    notice: contentSchema.describe('公告此刻公开的全部内容，与验证所用的版本逐字节相同'),
  })
  .describe('of=notices：公告');

const exposureSchema = z
  .object({
    ...versioned,
    hash: z.string().describe('exposure 的规范 JSON（RFC 8785）的 SHA-256'),
    exposure: contentSchema.describe('条目此刻依法公示的全部内容；自然人的姓名已遮蔽'),
    events: z
      .array(
        z.object({
          kind: z.string().describe('事项'),
          at: instantSchema.describe('发生时间'),
          basis: z.string().describe('依据'),
        }),
      )
      .describe('已经生效的事项，按时间先后'),
    goneFromSource: z.boolean().describe('来源已不再列出，正在核实'),
  })
  .describe('of=exposures：曝光台、黑名单的条目');

const libraryEntrySchema = z
  .object({
    ...common,
    kind: z.literal('upsert').describe('新增或变更'),
    block: z
      .enum(BLOCK_NAMES)
      .describe('qualifications 资质，achievements 业绩，honours 荣誉，staff_certificates 人员'),
    organization: z
      .object({
        name: z.string().describe('单位名称'),
        uscc: z.string().nullable().describe('统一社会信用代码'),
      })
      .describe('条目属于哪个单位'),
    entry: contentSchema.describe('单位页面上的条目：名录名称、地址、有效期、核对时间和本类的各项；人员只有姓氏'),
  })
  .describe('of=library：企业名录的条目');

const removeSchema = z
  .object({
    ...common,
    ...removals,
    kind: z
      .literal('remove')
      .describe('不再公开：已撤回、依法下线、并入同一公告，公示期满、已修复或撤销，或已不在名录中'),
    removal: z
      .object({ reason: z.string().describe('依据'), at: instantSchema.describe('删除的时间') })
      .optional()
      .describe('依法删除：内容已销毁，抄录者也应销毁所存的各个版本和备份'),
  })
  .describe('不再公开，内容一概不给');

const changeSchema = z
  .union([noticeSchema, exposureSchema, libraryEntrySchema, removeSchema])
  .describe('一项变更')
  .register(API_SCHEMAS, { id: 'Change' });

export const changePageSchema = z
  .object({
    items: z.array(changeSchema).describe('变更，先提交的在前；同一公告或条目在一页中只出现一次，为其最新内容'),
    next: z.string().describe('下一次的 since，原样带回。数据库从备份恢复后，此前给出的一律答复 410，应从头读起'),
    newest: z.string().describe('最新变更的位置'),
    upToDate: z.boolean().describe('next 之后暂无变更'),
  })
  .describe('一页变更')
  .register(API_SCHEMAS, { id: 'ChangePage' });
