import { COUNTIES, type County } from '../counties/counties.ts';
import type { FlagKind } from '../flags/definition.ts';
import type { DutyTotals } from './states.ts';

/** What the bulletin of a month says of a county. */
export interface BulletinRow {
  county: County;
  /** Public notices published in the month, and those of failures and terminations among them. */
  notices: number;
  failures: number;
  duties: DutyTotals;
  /** Lots of the month that indicators point at, by kind. */
  flags: Record<FlagKind, number>;
  /** Of what indicators could be computed: outcomes, flagged or not. */
  computed: number;
}

/** A monthly bulletin 通报. */
export interface Bulletin {
  /** `YYYY-MM`. */
  month: string;
  county: County | null;
  /** Those with the best timeliness first; those with fewer than five checkable duties last. */
  rows: BulletinRow[];
  /** Buyers with at least five checkable duties of which some are late or missing. */
  buyers: { id: string; name: string; totals: DutyTotals }[];
}

/** Checkable duties below which a county is not ranked. */
export const LEAST_DUTIES = 5;

/** Duties that were checked, and those in time. */
export function timeliness({ onTime = 0, late = 0, missing = 0 }: DutyTotals): { onTime: number; all: number } {
  return { onTime, all: onTime + late + missing };
}

/** `2026 年 5 月`. */
export const monthWords = (month: string): string => `${month.slice(0, 4)} 年 ${Number(month.slice(5))} 月`;

/** What the bulletin of a month is called. */
export const bulletinTitle = ({ month, county }: Pick<Bulletin, 'month' | 'county'>): string =>
  `${monthWords(month)}公共资源交易信息公开情况通报${county ? `（${COUNTIES[county].label}）` : ''}`;

/** How the figures came about: stands under each form of the bulletin. */
export const BULLETIN_NOTES = [
  `及时情况按信息公开标准目录和法定期限中能够核对的事项计算；可核对事项不足 ${LEAST_DUTIES} 项的不参加排序。不单独给出百分比。`,
  '提示由公开的算式从公告中算出，只表示值得看一看，不是对任何单位的认定。',
  '信息由采购（招标、出让）人形成，各单位的数字按公告写明的采购（招标、出让）人统计。',
  '没有收到公告不等于没有发布：在其他媒介公开、本站没有收到的，请县区补报。',
] as const;
