/** Letters on requests for information, with the article of the regulation 政府信息公开条例 (2019) that they follow. */
export const LETTER_KINDS = {
  registration: { title: '政府信息公开申请登记回执', law: '第三十一条' },
  correction: { title: '政府信息公开申请补正告知书', law: '第三十条' },
  thirdParty: { title: '政府信息公开征求意见函', law: '第三十二条' },
  otherBody: { title: '政府信息公开征求意见函', law: '第三十四条' },
  extension: { title: '政府信息公开申请延期答复告知书', law: '第三十三条' },
  fee: { title: '政府信息公开信息处理费收费通知书', law: '第四十二条' },
  decision: { title: '政府信息公开申请答复书', law: '第三十六条' },
  receipt: { title: '政府信息公开文书送达回证', law: '第四十条' },
} as const satisfies Record<string, { title: string; law: string }>;

export type LetterKind = keyof typeof LETTER_KINDS;
export const LETTER_KEYS = Object.keys(LETTER_KINDS) as [LetterKind, ...LetterKind[]];

/** How a letter reaches whom it is for. */
export const DELIVERIES = {
  online: '网上凭查询码送达',
  email: '电子邮件',
  registered: '挂号或者特快专递',
  inPerson: '当面送交',
  fax: '传真',
} as const;

export type Delivery = keyof typeof DELIVERIES;
export const DELIVERY_KEYS = Object.keys(DELIVERIES) as [Delivery, ...Delivery[]];
