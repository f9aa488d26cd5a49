import type { Db } from '#db/client.ts';
import { CATEGORIES } from '#src/domain/categories.ts';
import { COUNTIES } from '#src/domain/counties/counties.ts';
import { listedDeadline } from '#src/domain/deals/labels.ts';
import { amountLabel } from '#src/domain/facts/fact-text.ts';
import type { NoticeFilter } from '#src/domain/notices/notice-filter.ts';
import { stageLabel } from '#src/domain/notices/stage-label.ts';
import { absoluteUrl, noticeUrl } from '#src/domain/site/urls.ts';
import type { NoticeSummary } from '#src/domain/site/views.ts';
import { toMoment } from '#src/domain/time/moment.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { listNoticeIds } from '../notices/list-ids.ts';
import { listSummariesById } from '../notices/row.ts';
import { searchIds } from '../search/search.ts';
import { countColumn, moneyColumn, type Table, textColumn, timeColumn } from './table.ts';

const BATCH = 200;

/** The columns of notices. `site` is the configured address. */
export const noticeTable = (site: string): Table<NoticeSummary> => ({
  name: '交易公告',
  columns: [
    textColumn('标题', 60, ({ title }) => title),
    textColumn('交易类别', 12, ({ category }) => CATEGORIES[category].label),
    textColumn('环节', 14, ({ stage, category }) => stageLabel(stage, category)),
    textColumn('县（市、区）', 12, ({ county }) => COUNTIES[county].label),
    timeColumn('发布时间', ({ publishedAt, publishedPrecision }) => toMoment(publishedAt, publishedPrecision)),
    timeColumn('截止时间', listedDeadline),
    timeColumn('开标（开启）时间', ({ openingAt, openingPrecision }) => toMoment(openingAt, openingPrecision)),
    moneyColumn('金额（元）', ({ amountFen }) => amountFen),
    textColumn('金额种类', 16, ({ amountKind, category, stage }) =>
      amountKind ? amountLabel(amountKind, category, stage) : null,
    ),
    textColumn('招标（采购、出让）人', 30, ({ buyer }) => buyer),
    textColumn('中标（成交）人', 30, ({ suppliers }) => suppliers.join('、')),
    textColumn('候选人、投标人（未中标）', 30, ({ tenderers }) => tenderers.join('、')),
    textColumn('项目编号', 24, ({ projectCode }) => projectCode),
    textColumn('来源', 24, ({ sourceName }) => sourceName),
    textColumn('公告编号', 14, ({ id }) => id),
    countColumn('版本', ({ version }) => version),
    textColumn('网址', 40, ({ id }) => absoluteUrl(site, noticeUrl(id))),
  ],
});

/**
 * All notices of a list or search in its order, in batches. Which they are is settled when it begins; each is read when
 * its turn comes, so that a notice withdrawn meanwhile is left out.
 */
export async function* walkNotices(db: Db, filter: NoticeFilter, now: Instant): AsyncGenerator<NoticeSummary[]> {
  const ids = filter.q ? await searchIds(db, filter) : listNoticeIds(db, filter, now);
  for (let start = 0; start < ids.length; start += BATCH) yield listSummariesById(db, ids.slice(start, start + BATCH));
}
