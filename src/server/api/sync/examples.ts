import type { z } from 'zod';
import type { PUSH_SCHEMAS, PushKind, PushResult } from './schema.ts';

type Examples = { [Kind in PushKind]: z.input<(typeof PUSH_SCHEMAS)[Kind]> };

/** An item of each kind that may be pushed, and the answer to a push. */
export const PUSH_EXAMPLES: Examples & { answer: PushResult } = {
  notices: {
    id: 'QF-2026-000123',
    title: '某某县第一中学实验室设备采购项目公开招标公告',
    category: 'procurement',
    stage: 'tenderNotice',
    publishedAt: '2026-06-15 09:30',
    url: 'https://trade.example/notice/123',
    bodyHtml: '<p>项目编号：SDGP370881202600123</p><p>预算金额：56.98 万元</p>',
    projectCode: 'SDGP370881202600123',
    attachments: [{ name: '采购文件.pdf', url: 'https://trade.example/files/123.pdf' }],
    fields: { 采购人: '某某县第一中学' },
  },
  exposures: {
    id: 'CF-2026-0007',
    board: 'exposure',
    kind: 'penalty',
    subjectType: 'supplier',
    title: '行政处罚决定',
    publishedAt: '2026-06-15',
    fields: {
      行政相对人名称: '某某建设有限公司',
      行政处罚决定书文号: '某财采罚〔2026〕7号',
      违法行为类型: '提供虚假材料谋取中标',
      处罚决定日期: '2026-06-10',
      处罚机关: '某某县财政局',
    },
  },
  organizations: {
    id: 'ZZ-0001',
    block: 'qualifications',
    fields: { 企业名称: '某某建设有限公司', 资质名称: '建筑工程施工总承包', 资质等级: '二级' },
  },
  answer: {
    received: 2,
    created: 1,
    changed: 0,
    unchanged: 0,
    rejected: 1,
    receivedAt: '2026-06-15T01:31:00.000Z',
    items: [
      { index: 0, id: 'QF-2026-000123', status: 'created', recordId: 'k3vq7mzt2f5a' },
      {
        index: 1,
        id: 'QF-2026-000124',
        status: 'rejected',
        reasons: [{ code: 'invalid', message: 'title缺失', field: 'title' }],
      },
    ],
  },
};
