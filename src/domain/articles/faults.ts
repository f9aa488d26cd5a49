import type { FieldFault } from '../errors.ts';
import type { ArticleContent } from './content.ts';
import { articleKind, hasPart } from './kinds.ts';

/** What of an article is missing or wrong, by field: what its kind demands, and what every article has to have. */
export function articleFaults(content: ArticleContent): FieldFault[] {
  const { action, kind, title, original, reason } = content;
  const faults: FieldFault[] = [];
  const demand = (isMet: boolean, name: string, message: string) => isMet || faults.push({ name, message });
  const isGiven = (text: string) => text.trim().length >= 2;
  demand(isGiven(title), 'title', '请填写标题');
  if (original !== null) {
    const what = action === 'withdraw' ? '请写明撤回原因' : '请写更正说明：错在哪里，正确的是什么';
    demand(isGiven(reason), 'reason', `${what}，读者会看到`);
  }
  if (action === 'withdraw') {
    demand(original !== null, 'original', '请选择要撤回的文章');
    return faults;
  }
  demand(isGiven(content.source), 'source', '请写明来源');
  demand(isGiven(content.summary), 'summary', '请写一两句话的摘要');
  demand(isGiven(content.bodyHtml) || content.steps.length > 0 || content.media !== null, 'body', '请写正文');
  if (hasPart(kind, 'document')) {
    demand(isGiven(content.issuer), 'issuer', '请写明发布机构');
    demand(isGiven(content.number), 'number', '请写明文号');
    // What comes with the software leaves out a day that nobody could confirm.
    demand(content.issuedOn !== null || content.nature === 'general', 'issuedOn', '请写明发布日期');
    demand(kind === 'proposal' || content.validity !== null, 'validity', '请选择有效性');
  }
  if (hasPart(kind, 'asked')) {
    demand(content.raisedOn !== null, 'raisedOn', '请写明提出日期');
    demand(content.answeredOn !== null, 'answeredOn', '请写明答复（解决）日期');
    const inOrder = content.raisedOn === null || content.answeredOn === null || content.raisedOn <= content.answeredOn;
    demand(inOrder, 'answeredOn', '答复日期早于提出日期');
  }
  if (hasPart(kind, 'steps')) faults.push(...stepFaults(content));
  if (hasPart(kind, 'media')) demand(content.media !== null, 'media', '请选择视频或音频，并上传字幕');
  demand(kind !== 'interpretation' || content.related.length > 0, 'related', '解读必须关联所解读的文件');
  if (hasPart(kind, 'page')) {
    demand(content.page !== '', 'page', '请写明更正的是哪一页');
    demand(content.raisedOn !== null, 'raisedOn', '请写明有误的内容是哪一天发布的');
  }
  return faults;
}

/** Every step of a guide says who, by when, by which rule and what the risk is. */
function stepFaults({ kind, steps }: ArticleContent): FieldFault[] {
  if (steps.length === 0) return [{ name: 'steps', message: `${articleKind(kind).label}至少有一步` }];
  const asked = { holder: '责任主体', limit: '时限', rule: '依据', risk: '风险点' } as const;
  return steps.flatMap((step, index) =>
    Object.entries(asked).flatMap(([key, label]) =>
      step[key as keyof typeof asked].trim() === ''
        ? [{ name: `steps.${index}.${key}`, message: `第 ${index + 1} 步没有写${label}` }]
        : [],
    ),
  );
}
