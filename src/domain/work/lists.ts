import type { WORK_PERMISSIONS } from './permitted.ts';

interface ListDefinition {
  label: string;
  /** What stands in it, and what there is to do, by which rule. */
  about: string;
  /** Who may decide; whoever may see work lists sees it. */
  permitted: keyof typeof WORK_PERMISSIONS;
  /** Days after which something is overdue. */
  days: number;
}

/** Work lists 待办: what the rules leave to people. In the order of the menu. */
export const WORK_LISTS = {
  rejected: {
    label: '拒收条目',
    about: '来源送来而没有公开的条目，原样保存。补正字段后重审，或者写明原因不予收录。',
    permitted: 'work.item',
    days: 2,
  },
  facts: {
    label: '存疑要素',
    about: '公告里读到而不能确定的要素，不计入任何数字。对照原文选定，或者手工更正；更正公开可见，公告原文不变。',
    permitted: 'work.fact',
    days: 5,
  },
  codes: {
    label: '未对照代码',
    about: '来源用到、本市标准里没有对应的栏目和区划。对照之后，等待的条目自动重审；对照表公开。',
    permitted: 'work.code',
    days: 2,
  },
  duplicates: {
    label: '疑似重复',
    about: '内容或标题、日期相同的公开公告。确认是同一条就合并，不是就分开，以后不再提示。',
    permitted: 'work.duplicate',
    days: 5,
  },
  corrections: {
    label: '未找到原公告的更正',
    about: '更正公告须指明被更正的公告。选出原公告后，截止时间等变更随之生效。',
    permitted: 'work.correction',
    days: 2,
  },
  organizations: {
    label: '单位名称存疑',
    about: '同一个统一社会信用代码下出现的其他名称。确认更名、拆出，或者合并单位；每一项都可以撤销。',
    permitted: 'work.organization',
    days: 10,
  },
  holds: {
    label: '暂停采用的来源',
    about: '来源突然大量减少或更换编号，结果没有采用。核实后放行，或者联系来源网站。',
    permitted: 'work.hold',
    days: 1,
  },
  mirrors: {
    label: '镜像',
    about: '从其他门户读取的镜像出错或有搁置的内容时列在这里，可以从头重读。',
    permitted: 'work.mirror',
    days: 1,
  },
  disclosure: {
    label: '公开自查',
    about: '每日自查发现的过期、缺失和失效内容。补上内容或者修好链接后自动消失；确实不适用的，写明原因。',
    permitted: 'work.disclosure',
    days: 10,
  },
  messages: {
    label: '未送达的消息',
    about: '多次发送失败、不再尝试的订阅消息。地址隐去。可以重发或者不再处理。',
    permitted: 'work.message',
    days: 5,
  },
} as const satisfies Record<string, ListDefinition>;

export type WorkListKey = keyof typeof WORK_LISTS;
export const WORK_LIST_KEYS = Object.keys(WORK_LISTS) as [WorkListKey, ...WorkListKey[]];

export const isWorkList = (text: string): text is WorkListKey => Object.hasOwn(WORK_LISTS, text);

const DAY_MS = 86_400_000;

/** When something that waits since an instant has to be done. */
export const workDueAt = (list: WorkListKey, since: string): string =>
  new Date(Date.parse(since) + WORK_LISTS[list].days * DAY_MS).toISOString();
