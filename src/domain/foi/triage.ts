/** Words that name something that can be handed over. */
const DOCUMENT =
  /文件|文书|报告|合同|协议|记录|纪要|批复|通知|名单|清单|台账|方案|决定书|材料|档案|资料|数据|统计|图纸|预算|决算|结果|证明|公告|票据|凭证|复印件|《/;
const QUESTION = /[?？]\s*$|怎么|怎样|如何|为什么|为何|能不能|可不可以|是不是|请问/;
const TIP_OFF = /举报|检举|串标|围标|行贿|受贿|挂靠|弄虚作假|违法违规/;

/** What a request for information looks like that asks for none: it is answered sooner elsewhere. */
export type Mistaken = 'question' | 'tipOff';

/** Looks for a document that is asked for; null where there is one, or nothing else is seen. It is a hint, and never decides. */
export function looksLike(text: string): Mistaken | null {
  if (DOCUMENT.test(text)) return null;
  if (TIP_OFF.test(text)) return 'tipOff';
  return QUESTION.test(text) ? 'question' : null;
}
