import { stageDefinition } from '../stages.ts';
import { formatMoment, within } from '../time/moment.ts';
import { formatDate, formatWeekday } from '../time/time.ts';
import { AWAITS_HOLIDAY_PLAN, formatLimit, timeLimit } from './time-limits.ts';
import type { Course, TimelineStep } from './timeline.ts';

/** The sentence "where it stands". */
export function describeNow(course: Course): string {
  const { ended, suspended, deadline, plan, position, found } = course;
  if (ended) return `${formatDate(ended.publishedAt)} 已发布${stageDefinition(ended.stage).label}，本次交易结束。`;
  if (suspended) return '已中止（暂停），恢复之前各环节时间不再推进。';
  if (plan[position]?.bidding) {
    return deadline ? '公告已发布，正在接受投标（报名、响应）。' : '公告已发布；公告中未读到截止时间，请以原文为准。';
  }
  const last = plan[position - 1];
  if (!last || !found.some((list) => list.length > 0)) return '尚未收到主要公告。';
  if (last.bidding && deadline) return `已于 ${formatMoment(deadline)} 截止，等待公开结果。`;
  const date = found[position - 1]?.at(-1)?.publishedAt;
  return `${date ? `${formatDate(date)} ` : ''}已公开${last.label}。`;
}

/** The sentence "what comes next and by when", with the rule the date comes from. */
export function describeNext(course: Course, step: TimelineStep | undefined): string {
  const ahead = course.plan[course.position];
  if (course.ended) return '如重新组织交易，将另行发布公告。';
  if (course.suspended) return '等待发布单位公告恢复或者终止；恢复时间没有统一的法定期限。';
  if (!ahead || !step) return '主要环节均已公开，没有待办的下一步。';
  if (ahead.bidding) {
    if (!course.deadline) return `${ahead.expectation}。`;
    const weekday = formatWeekday(within(course.deadline));
    return `${ahead.expectation}：${formatMoment(course.deadline)}（${weekday}，北京时间）。`;
  }
  if (!ahead.due) return `${ahead.expectation}。${ahead.dueNote ? `${ahead.dueNote}。` : ''}`;
  const rules = ahead.due
    .map((id) => timeLimit(id))
    .map((rule) => `${rule.law}：${rule.from}后 ${formatLimit(rule)}内${rule.to}`)
    .join('；');
  if (step.dueNotBefore)
    return `${ahead.expectation}，最迟日期${AWAITS_HOLIDAY_PLAN}，不早于 ${formatDate(step.dueNotBefore)}（${rules}）。`;
  if (!step.dueAt) return `${ahead.expectation}。所需日期不全或当年节假日安排未收录，无法算出最迟日期（${rules}）。`;
  const date = formatDate(step.dueAt);
  if (step.state === 'overdue')
    return `${ahead.expectation}。按法定最长期限应不晚于 ${date}，本平台尚未收到（${rules}）。`;
  return `${ahead.expectation}，最迟 ${date}（${rules}）。`;
}
