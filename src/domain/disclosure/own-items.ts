import type { ArticleKind } from '../articles/kinds.ts';
import { articlesUrl } from '../articles/urls.ts';
import { addDays } from '../time/time.ts';
import { type ItemState, STALE_AFTER_DAYS } from './catalogue.ts';
import { disclosureGuideUrl, disclosureRulesUrl, organizationDutiesUrl, reportsUrl } from './urls.ts';

/** Something that the body itself has to publish, beside what it carries for others. */
export interface OwnItem {
  title: string;
  /** 内容. */
  elements: string;
  /** 责任部室. */
  owner: string;
  /** 时限. */
  time: string;
  /** Where it is on this site. */
  href: string;
  /** The kind of the articles that it is made of; null for a page that is always there, and for what `until` says. */
  kind: ArticleKind | null;
  /** Days after which it is stale; null for what only comes when something happens. */
  staleAfter: number | null;
}

const OFFICE = '信息公开办公室';
const EDITOR = '信息编辑岗';
const page = (title: string, elements: string, href: string): OwnItem => ({
  ...{ title, elements, href, owner: OFFICE, time: '形成或者变更之日起 20 个工作日内', kind: null, staleAfter: null },
});
const articles = (
  title: string,
  elements: string,
  kind: ArticleKind,
  staleAfter: number | null,
  owner = EDITOR,
): OwnItem => ({
  ...{ title, elements, owner, kind, staleAfter, href: articlesUrl({ kind }) },
  time: '形成或者变更之日起 20 个工作日内',
});

/** What the body publishes of itself (政府信息公开条例 20), with who answers for it. Times of sections are those of the inspection of websites. */
export const OWN_ITEMS: readonly OwnItem[] = [
  page('信息公开指南', '公开范围、方式、时限，申请的受理机构、方式和处理', disclosureGuideUrl()),
  page('信息公开制度', '主动公开、依申请公开、保密审查等制度', disclosureRulesUrl()),
  page('机构职能', '部门、岗位和职责', organizationDutiesUrl()),
  { ...page('年度报告', '上一年度政府信息公开工作情况', reportsUrl()), time: '每年 1 月 31 日前' },
  articles('重要信息', '重要工作、活动和会议', 'news', 14),
  articles('通知', '办理事项、系统维护、节假日安排', 'announcement', STALE_AFTER_DAYS),
  articles('政策文件', '文件全文、文号、施行日期、有效性', 'document', STALE_AFTER_DAYS, OFFICE),
  {
    ...articles('政策解读', '背景、要点和问答，与文件互相链接', 'interpretation', STALE_AFTER_DAYS, OFFICE),
    time: '与文件同步',
  },
  articles('办事指南', '步骤、负责人、时限、依据、风险点', 'guide', null),
  articles('法律法规', '现行有效的法律、行政法规和规章', 'law', null),
];

/** The state of an item of our own on a day, with the reason in words. `latest` is the day of its latest article. */
export function ownItemState(
  { kind, staleAfter }: OwnItem,
  { count, latest }: { count: number; latest: string | null },
  today: string,
): { state: ItemState; reason: string } {
  if (kind === null) return { state: 'fresh', reason: '常设页面' };
  if (latest === null) return { state: 'missing', reason: '栏目是空的' };
  if (staleAfter !== null && latest < addDays(today, -staleAfter).slice(0, 10))
    return { state: 'stale', reason: `最近更新 ${latest}，超过 ${staleAfter} 天` };
  return { state: 'fresh', reason: `共 ${count} 篇，最近 ${latest}` };
}
