import type { Db } from '#db/client.ts';
import { COUNTIES } from '#src/domain/counties/counties.ts';
import type { ExposureFilter } from '#src/domain/exposures/filter.ts';
import { EXPOSURE_STATES } from '#src/domain/exposures/life-cycle.ts';
import { MISCONDUCT_TYPES } from '#src/domain/exposures/misconduct.ts';
import { BOARDS, SUBJECT_TYPES } from '#src/domain/exposures/registry.ts';
import { exposureUrl } from '#src/domain/exposures/urls.ts';
import type { ExposureSummary } from '#src/domain/exposures/views.ts';
import { absoluteUrl } from '#src/domain/site/urls.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { listExposures } from '../exposures/list.ts';
import { dayColumn, type Table, textColumn } from './table.ts';
import { walkPages } from './walk-pages.ts';

const BATCH = 200;

/** The columns of entries, the last public day among them: a copy must not outlive it. `site` is the configured address. */
export const exposureTable = (site: string): Table<ExposureSummary> => ({
  name: '曝光台和黑名单',
  columns: [
    textColumn('名单', 10, ({ board }) => BOARDS[board].label),
    textColumn('主体名称', 40, ({ subjectName }) => subjectName),
    textColumn('统一社会信用代码', 22, ({ subjectUscc }) => subjectUscc),
    textColumn('主体类型', 16, ({ subjectType }) => SUBJECT_TYPES[subjectType].label),
    textColumn('县（市、区）', 12, ({ county }) => COUNTIES[county].label),
    textColumn('行为类型', 20, ({ misconduct }) => MISCONDUCT_TYPES[misconduct].label),
    textColumn('违法违规事实', 60, ({ violation }) => violation),
    textColumn('决定内容', 60, ({ penaltyContent }) => penaltyContent),
    textColumn('决定文号', 24, ({ decisionNo }) => decisionNo),
    textColumn('决定机关', 30, ({ authority }) => authority),
    dayColumn('决定日期', ({ decisionDate }) => decisionDate),
    dayColumn('公示至', ({ publicUntil }) => publicUntil),
    textColumn('状态', 14, ({ state }) => EXPOSURE_STATES[state].label),
    textColumn('网址', 40, ({ id }) => absoluteUrl(site, exposureUrl(id))),
  ],
});

/** All entries in force at `now`, in batches. */
export const walkExposures = (db: Db, filter: ExposureFilter, now: Instant): AsyncGenerator<ExposureSummary[]> =>
  walkPages((cursor) => listExposures(db, { ...filter, limit: BATCH, cursor }, now));
