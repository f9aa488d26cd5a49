/** View objects of the pages about the whole site: home, county sites, sync board. */
import type { Category } from '../categories.ts';
import type { County } from '../counties/counties.ts';
import type { Instant } from '../time/time.ts';
import type { NoticeSummary } from './views.ts';

export interface CategoryCount {
  category: Category;
  total: number;
  /** Published this Shanghai year. */
  thisYear: number;
}

/** The last Shanghai day on which anything was published, `YYYY-MM-DD`, and how much. */
export interface LastDay {
  day: string;
  total: number;
}

export interface YearTotal {
  year: number;
  total: number;
  categories: Partial<Record<Category, number>>;
}

export interface HomeView {
  categories: CategoryCount[];
  total: number;
  /** Null without any notice. */
  lastDay: LastDay | null;
  /** Notices whose deadline lies ahead. */
  openTotal: number;
  closingSoon: NoticeSummary[];
  /** Open for bids, last published first. */
  newest: NoticeSummary[];
  counties: CountyCard[];
  /** Newest year first. */
  years: YearTotal[];
  asOf: Instant;
}

/**
 * How a source is doing. `fresh`: the last due run succeeded. `late`: no attempt when one was due. `failing`: the last
 * attempt failed. `held`: an answer was refused as suspicious. `never`: no success yet. `paused`: switched off.
 */
export type SourceState = 'fresh' | 'late' | 'failing' | 'held' | 'never' | 'paused';

interface SourceStateDefinition {
  label: string;
  tone: 'success' | 'warning' | 'danger' | 'neutral';
  /** Something is wrong that should be mended. */
  isTrouble: boolean;
}

export const SOURCE_STATES: Record<SourceState, SourceStateDefinition> = {
  fresh: { label: '正常', tone: 'success', isTrouble: false },
  late: { label: '延迟', tone: 'warning', isTrouble: true },
  failing: { label: '失败', tone: 'danger', isTrouble: true },
  held: { label: '暂停入库', tone: 'danger', isTrouble: true },
  never: { label: '尚未成功', tone: 'warning', isTrouble: false },
  paused: { label: '已停用', tone: 'neutral', isTrouble: false },
};

export interface CountyCard {
  county: County;
  total: number;
  thisYear: number;
  open: number;
  /** Newest success among the county's own sources; null when there is none. */
  lastSuccessAt: Instant | null;
  /** Worst state among the county's own sources; null when the county has no source. */
  state: SourceState | null;
}

export interface CountyView extends CountyCard {
  /** Null without any notice. */
  lastDay: LastDay | null;
  categories: CategoryCount[];
  closingSoon: NoticeSummary[];
  latest: NoticeSummary[];
  sources: SourceHealth[];
  asOf: Instant;
}

/** What a run did. */
export interface RunNumbers {
  fetched: number;
  created: number;
  changed: number;
  unchanged: number;
  rejected: number;
}

/** One Shanghai day of a source. `partial`: some runs failed, some succeeded. */
export interface BoardDay extends RunNumbers {
  /** `YYYY-MM-DD`. */
  date: string;
  state: 'ok' | 'partial' | 'failed' | 'held' | 'none';
  runs: number;
}

export const DAY_LABELS: Record<BoardDay['state'], string> = {
  ok: '正常',
  partial: '部分失败',
  failed: '失败',
  held: '暂停入库',
  none: '无同步',
};

/** Ways in which notices come here. */
export const DIRECTIONS = { pull: '本站读取', push: '县端推送', mirror: '上游镜像', console: '工作台发布' } as const;

export interface SourceHealth {
  key: string;
  name: string;
  county: County;
  homepage: string | null;
  /** Whether this site reads the source, or the source sends by itself. */
  direction: keyof typeof DIRECTIONS;
  state: SourceState;
  lastAttemptAt: Instant | null;
  lastSuccessAt: Instant | null;
  /** Newest publication time seen in the feed. */
  lastPublishedAt: Instant | null;
  /** Items in the last complete answer. */
  lastItemCount: number | null;
  consecutiveFailures: number;
  lastError: string | null;
  heldReason: string | null;
}

export interface BoardSource extends SourceHealth {
  /** Cron pattern, Asia/Shanghai. */
  schedule: string;
  lastRun: (RunNumbers & { startedAt: Instant; finishedAt: Instant | null; state: string }) | null;
  /** Thirty days, oldest first, today last. */
  days: BoardDay[];
  /** Items refused and not accepted since. */
  rejected: number;
}

/** An item that was refused, without its content: that may hold personal data. */
export interface RejectedItem {
  row: number;
  sourceItemId: string;
  receivedAt: Instant;
  attempts: number;
  reasons: { code: string; message: string; field?: string }[];
}

export interface RejectedPage {
  items: RejectedItem[];
  total: number;
  /** Row number to continue before; null on the last page. */
  next: number | null;
}

export interface UnknownCode {
  sourceKey: string;
  sourceName: string;
  kind: 'column' | 'category' | 'stage' | 'county' | 'unit';
  value: string;
  example: string;
  count: number;
  firstSeenAt: Instant;
  lastSeenAt: Instant;
}

export interface SyncBoard {
  sources: BoardSource[];
  unknown: UnknownCode[];
  /** How many sources are in each state. */
  states: Partial<Record<SourceState, number>>;
  asOf: Instant;
}
