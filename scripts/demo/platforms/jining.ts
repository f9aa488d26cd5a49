import type { County } from '#src/domain/counties/counties.ts';
import type { DemoCategory } from '../generate/model.ts';
import { type Column, type ColumnGroup, makeColumns, unmappedColumn } from './columns.ts';
import type { FeedItem } from './store.ts';

/** First digits of the platform's codes: what a column holds … */
const CONSTRUCTION: Partial<Record<ColumnGroup, string>> = {
  plan: '536',
  tender: '503000',
  change: '503002',
  clarify: '504002',
  opening: '505001',
  candidates: '511001',
  award: '513001',
  ended: '517001',
  contract: '519001',
};
const STAGE_DIGITS: Partial<Record<ColumnGroup, string>> = {
  plan: '550',
  tender: '551',
  change: '552',
  award: '553',
  contract: '554',
  ended: '557',
  offer: '551',
  deal: '553',
};
/** … and last digits: of which category. Sites do not agree about the numbers of the later ones (docs/feeds.md#jining-until-2024). */
const CATEGORY_DIGITS: Record<Exclude<DemoCategory, 'construction'>, string> = {
  procurement: '001',
  medical: '002',
  general: '003',
  land: '006',
  property: '007',
};
const ZOUCHENG_GENERAL = '004';

/** Path segments of the tenants of the city's platform. */
export const TENANTS: Record<County, string> = {
  jining: 'JiNing',
  rencheng: 'RenCheng',
  yanzhou: 'YanZhou',
  qufu: 'QuFu',
  zoucheng: 'ZouCheng',
  weishan: 'WeiShan',
  yutai: 'YuTai',
  jinxiang: 'JinXiang',
  jiaxiang: 'JiaXiang',
  wenshang: 'WenShang',
  sishui: 'SiShui',
  liangshan: 'LiangShan',
  gaoxin: 'GaoXinQu',
  taibaihu: 'TaiBaiHu',
  jingkai: 'JingKaiQu',
};

/** The columns of a tenant. */
export function tenantColumns(county: County): Column[] {
  const columns = makeColumns((category, group) => {
    if (category === 'construction') return CONSTRUCTION[group] ?? '';
    const digits = category === 'general' && county === 'zoucheng' ? ZOUCHENG_GENERAL : CATEGORY_DIGITS[category];
    return `${STAGE_DIGITS[group]}${digits}`;
  });
  return county === 'jining' ? [...columns, unmappedColumn('370800010', '曝光台')] : columns;
}

/** An item's GUID with its time in front (the platform of today). */
export function timeFirstGuid({ id }: FeedItem): string {
  return dashed(id);
}

/** An item's GUID with its time behind (the platform until 2024). */
export function timeLastGuid({ id }: FeedItem): string {
  return dashed(id.slice(12) + id.slice(0, 12));
}

/** The item's id in either kind of GUID. */
export function idOfGuid(guid: string, timeAt: 'start' | 'end'): string {
  const digits = guid.replaceAll('-', '').toLowerCase();
  return timeAt === 'start' ? digits : digits.slice(20) + digits.slice(0, 20);
}

function dashed(hex: string): string {
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** A title as the platform lists it: in columns of one early stage without the stage's words, brackets of both widths. */
export function platformTitle({ notice }: FeedItem, column: Column): string {
  const isBare = column.mapping?.stage === 'tenderPlan' || column.mapping?.stage === 'tenderNotice';
  const title = isBare ? notice.bareTitle : notice.title;
  return notice.key.length % 2 === 0 ? title.replace('（', '(').replace('）', ')') : title;
}
