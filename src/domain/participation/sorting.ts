import type { SubmissionKind } from './kinds.ts';

/** What somebody can answer to a question: it leads to a form, or to the second question. */
export interface Choice {
  label: string;
  hint: string;
  to: SubmissionKind | { question: string; choices: readonly { label: string; hint: string; to: SubmissionKind }[] };
}

/** The entrance: whoever answers at most two questions stands before the right form. */
export const ENTRANCE: Readonly<Record<string, Choice>> = {
  ask: {
    label: '我想问一个问题',
    hint: '怎么报名、怎么看公告、该找谁',
    to: 'consultation',
  },
  suggest: {
    label: '我有意见或建议',
    hint: '对规则、服务或者本平台',
    to: 'suggestion',
  },
  report: {
    label: '我要举报违法违规',
    hint: '可以匿名，不问您是谁',
    to: 'tipOff',
  },
  information: {
    label: '我想要一份文件或资料',
    hint: '依申请公开',
    to: {
      question: '您要的是哪一种？',
      choices: [
        { label: '要一份还没有公开的文件、记录', hint: '按《政府信息公开条例》申请', to: 'disclosureRequest' },
        { label: '只是想问一件事，不要文件', hint: '当作咨询，答得更快', to: 'consultation' },
        { label: '想反映有人违法违规', hint: '当作举报，可以匿名', to: 'tipOff' },
      ],
    },
  },
  dispute: {
    label: '我参加了交易，认为不公正',
    hint: '异议、质疑、投诉',
    to: {
      question: '您处在哪一步？',
      choices: [
        { label: '工程招标投标，第一次提出', hint: '异议，由招标人 3 日内答复', to: 'objection' },
        { label: '政府采购，第一次提出', hint: '质疑，由采购人 7 个工作日内答复', to: 'challenge' },
        { label: '已经有答复但不满意，或者认为活动违法', hint: '投诉，由监督部门处理', to: 'complaint' },
      ],
    },
  },
  credit: {
    label: '我的单位上了曝光台或黑名单',
    hint: '信用修复与异议',
    to: {
      question: '您想做什么？',
      choices: [
        { label: '已经改正，申请停止公示', hint: '信用修复', to: 'creditRepair' },
        { label: '公示的信息有错', hint: '信用信息异议', to: 'creditObjection' },
      ],
    },
  },
  correct: {
    label: '页面上有错',
    hint: '内容、数字、链接',
    to: 'correction',
  },
};

/** How many questions lead to each kind at least. */
export function questionsTo(kind: SubmissionKind): number | undefined {
  const choices = Object.values(ENTRANCE);
  if (choices.some(({ to }) => to === kind)) return 1;
  const isBelow = ({ to }: Choice) => typeof to === 'object' && to.choices.some((choice) => choice.to === kind);
  return choices.some(isBelow) ? 2 : undefined;
}
