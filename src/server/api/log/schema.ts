import { z } from 'zod';
import { API_SCHEMAS } from '../terms.ts';

const index = z.int().min(0).describe('在发布日志中的序号，从 0 起');
const entry = z.string().describe('记录原文：规范 JSON（RFC 8785），散列的就是它的 UTF-8 字节');

export const logEvidenceSchema = z
  .object({
    checkpoint: z.string().describe('签名的检查点（c2sp.org/tlog-checkpoint）'),
    edge: z
      .array(z.string())
      .describe(
        '检查点的树由哪些完整子树组成：各子树的散列（base64），自第一条记录起；有了它，一个版本只需再取至多三个瓦片',
      ),
    items: z.array(z.object({ index, entry })).describe('关于这项内容的全部记录，按先后'),
  })
  .describe('发布日志关于一项内容的记录')
  .register(API_SCHEMAS, { id: 'LogEvidence' });

export const openedVersionSchema = z
  .object({
    index,
    entry,
    salt: z.string().nullable().describe('随机盐，64 位十六进制；内容不再公开时为 null'),
    content: z
      .string()
      .nullable()
      .describe(
        '这一版本的规范 JSON 原文；SHA-256(盐的十六进制文本 + 它) 即记录原文中的 sha256。内容不再公开时为 null',
      ),
  })
  .describe('一个版本和打开它的盐')
  .register(API_SCHEMAS, { id: 'LoggedVersion' });
