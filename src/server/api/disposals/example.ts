import type { DisposalPage } from '../../ocds/list.ts';

/** An answer as it looks, for the document. Names and numbers are made up. */
export const DISPOSALS_EXAMPLE: DisposalPage = {
  items: [
    {
      id: 'm3vq7mzt2f5c-1',
      processId: 'r2xw6nha4c7e',
      category: 'land',
      stage: 'landDealNotice',
      event: 'deal',
      date: '2026-06-12T09:30:00+08:00',
      title: '示例县 2026-1 号宗地成交公示',
      seller: { name: '示例县自然资源和规划局' },
      purchasers: [{ name: '某某置业有限公司' }],
      assets: [{ id: '2026-1号', areaSquareMetres: 20_000, dealPrice: { amount: 96_000_000, currency: 'CNY' } }],
      documents: [{ id: 'm3vq7mzt2f5c', title: '示例县 2026-1 号宗地成交公示' }],
    },
  ],
  asOf: '2026-06-15T04:00:00.000Z',
  next: null,
};
