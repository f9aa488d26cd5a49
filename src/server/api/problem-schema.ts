import { z } from 'zod';
import { API_SCHEMAS } from './terms.ts';

export const problemSchema = z
  .object({
    type: z.string().describe('问题的种类：本文档中相应说明的地址'),
    title: z.string().describe('问题的种类，文字'),
    status: z.int().describe('HTTP 状态码'),
    detail: z.string().describe('这一次出了什么问题'),
    instance: z.string().describe('请求的路径'),
    requestId: z.string().describe('这次访问的编号，反馈问题时请提供'),
    errors: z
      .array(z.object({ name: z.string().describe('哪个参数（检查项）'), message: z.string().describe('原因') }))
      .optional()
      .describe('每个有误的参数，或没有通过的检查项'),
  })
  .describe('出错说明（RFC 9457）')
  .register(API_SCHEMAS, { id: 'Problem' });

/** An error answer of the API, RFC 9457 with the request's number and the faulty parameters. */
export type Problem = z.output<typeof problemSchema>;
