import type { Db } from '#db/client.ts';
import { CATEGORIES } from '#src/domain/categories.ts';
import { COUNTIES } from '#src/domain/counties/counties.ts';
import { type LotRow, listLotRows } from '#src/domain/deals/lot-rows.ts';
import { resultRole } from '#src/domain/deals/lot-summary.ts';
import type { NoticeFilter } from '#src/domain/notices/notice-filter.ts';
import type { PublishedNotice } from '#src/domain/notices/published-notice.ts';
import { stageLabel } from '#src/domain/notices/stage-label.ts';
import { absoluteUrl, noticeUrl, projectUrl } from '#src/domain/site/urls.ts';
import { toMoment } from '#src/domain/time/moment.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { listPublishedNotices } from '../notices/published.ts';
import { walkNotices } from './notices.ts';
import { countColumn, moneyColumn, type Table, textColumn, timeColumn } from './table.ts';

/** A line of a notice about one of its lots. */
export interface NoticeLot {
  notice: PublishedNotice;
  row: LotRow;
}

/** The columns of lots. `site` is the configured address. A price that is no certain sum stands in its words alone. */
export const lotTable = (site: string): Table<NoticeLot> => ({
  name: '标段（包、宗地）',
  columns: [
    textColumn('标题', 60, ({ notice }) => notice.title),
    textColumn('交易类别', 12, ({ notice }) => CATEGORIES[notice.category].label),
    textColumn('环节', 14, ({ notice }) => stageLabel(notice.stage, notice.category)),
    textColumn('县（市、区）', 12, ({ notice }) => COUNTIES[notice.county].label),
    timeColumn('发布时间', ({ notice }) => toMoment(notice.publishedAt, notice.publishedPrecision)),
    textColumn('标段（包、宗地）', 14, ({ row }) => row.lot),
    textColumn('标段名称', 30, ({ row }) => row.name),
    moneyColumn('预算（元）', ({ row }) => row.budget?.fen ?? null),
    moneyColumn('最高限价、起始价（元）', ({ row }) => row.ceiling?.fen ?? null),
    textColumn(
      '结果',
      12,
      ({ notice, row: { result } }) => result && resultRole(result.kind, result.rank, notice.category),
    ),
    textColumn('单位', 30, ({ row }) => row.result?.suppliers.join('、') ?? null),
    moneyColumn('价格（元）', ({ row }) => (row.result?.price?.doubt ? null : (row.result?.price?.fen ?? null))),
    textColumn('价格原文', 20, ({ row }) => row.result?.price?.text ?? null),
    textColumn('项目负责人', 12, ({ row }) => row.result?.row?.projectLeader?.text ?? null),
    textColumn('证书', 20, ({ row }) => row.result?.row?.leaderCertificate?.text ?? null),
    textColumn('招标（采购、出让）人', 30, ({ notice }) => notice.buyer),
    textColumn('项目编号', 24, ({ notice }) => notice.projectCode),
    textColumn('来源', 24, ({ notice }) => notice.sourceName),
    textColumn('公告编号', 14, ({ notice }) => notice.id),
    countColumn('版本', ({ notice }) => notice.version),
    textColumn('公告网址', 40, ({ notice }) => absoluteUrl(site, noticeUrl(notice.id))),
    textColumn('项目网址', 40, ({ notice }) => absoluteUrl(site, projectUrl(notice.projectId))),
  ],
});

/** The lots of all notices of a list or search, in its order, in batches. */
export async function* walkLots(db: Db, filter: NoticeFilter, now: Instant): AsyncGenerator<NoticeLot[]> {
  for await (const batch of walkNotices(db, filter, now)) {
    const ids = batch.map(({ id }) => id);
    yield listPublishedNotices(db, ids).flatMap((notice) => listLotRows(notice).map((row) => ({ notice, row })));
  }
}
