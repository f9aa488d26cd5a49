import { z } from 'zod';
import type { ReadinessCheck } from '../../readiness.ts';
import { API_SCHEMAS } from '../terms.ts';

export const healthSchema = z
  .object({ status: z.literal('ok').describe('进程在运行') })
  .describe('存活状态')
  .register(API_SCHEMAS, { id: 'Health' });

const checkSchema = z.object({
  name: z.enum(['database', 'index', 'disk']).describe('检查项：database 数据库，index 搜索索引，disk 磁盘'),
  ok: z.boolean().describe('是否通过'),
  message: z.string().describe('说明'),
}) satisfies z.ZodType<ReadinessCheck>;

export const readinessSchema = z
  .object({ status: z.literal('ready').describe('可以提供服务'), checks: z.array(checkSchema).describe('各检查项') })
  .describe('就绪状态')
  .register(API_SCHEMAS, { id: 'Readiness' });
