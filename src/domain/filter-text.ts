import { CATEGORIES } from './categories.ts';
import { COUNTIES } from './counties.ts';
import { formatAmount } from './money.ts';
import { FILTER_LABELS, type NoticeFilter, type NoticeFilterKey } from './notice-filter.ts';
import { stageLabel } from './stage-label.ts';

/** Filters that narrow a list, in the order they are told. */
export const NARROWING_KEYS = [
  'q',
  'category',
  'stage',
  'county',
  'status',
  'from',
  'to',
  'min',
  'max',
  'buyer',
  'supplier',
] as const satisfies readonly NoticeFilterKey[];

/** The filters in force, in the order they are told. */
export function listNarrowing(filter: NoticeFilter): NoticeFilterKey[] {
  return NARROWING_KEYS.filter((key) => filter[key] !== undefined && filter[key] !== '');
}

/** The value of a filter in words, with its label where the value alone does not tell. */
export function describeFilterValue(filter: NoticeFilter, key: NoticeFilterKey): string {
  if (key === 'category' && filter.category) return CATEGORIES[filter.category].label;
  if (key === 'stage' && filter.stage) return stageLabel(filter.stage, filter.category);
  if (key === 'county' && filter.county) return COUNTIES[filter.county].label;
  if (key === 'status') return filter.status === 'open' ? '正在进行' : '已截止';
  if (key === 'from') return `${filter.from} 起`;
  if (key === 'to') return `至 ${filter.to}`;
  if (key === 'min' && filter.min !== undefined) return `不低于 ${formatAmount(filter.min)}`;
  if (key === 'max' && filter.max !== undefined) return `不高于 ${formatAmount(filter.max)}`;
  return `${FILTER_LABELS[key]}：${filter[key]}`;
}

/** A whole filter in words (`工程建设 · 曲阜市`); `全部公告` when nothing is narrowed. */
export function describeFilter(filter: NoticeFilter): string {
  return (
    listNarrowing(filter)
      .map((key) => describeFilterValue(filter, key))
      .join(' · ') || '全部公告'
  );
}
