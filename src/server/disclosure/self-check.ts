import { and, eq, max, notInArray } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { saveKeyValue } from '#db/key-values.ts';
import { disclosureFindings, publishedNotices } from '#db/schema/index.ts';
import { reportDueOn } from '#src/domain/annual-report/forms.ts';
import type { FindingKind } from '#src/domain/disclosure/findings.ts';
import { catalogueUrl, reportsUrl } from '#src/domain/disclosure/urls.ts';
import { listUrl } from '#src/domain/site/urls.ts';
import { addDays, formatDate, type Instant } from '#src/domain/time/time.ts';
import { hashText } from '#src/publish/annual-report/hash.ts';
import { listReports } from '#src/publish/annual-report/store.ts';
import { listCatalogue } from './catalogue.ts';
import { CHECKED_AT } from './findings.ts';
import { listOwnItems } from './own-items.ts';

/** Hexadecimal digits of an id: the same finding has the same every day. */
const ID_DIGITS = 16;

/** Something that the check found. */
export interface Found {
  kind: FindingKind;
  /** Address on this site where it is seen. */
  subject: string;
  title: string;
  detail: string;
}

/** Days after which a home page without anything new is stale. */
const HOME_DAYS = 14;

/** What is stale or missing at an instant: the home page, items of the catalogue, sections, the annual report of last year. */
export function findGaps(db: Db, now: Instant): Found[] {
  const today = formatDate(now);
  const items = listCatalogue(db, today).flatMap(({ number, title, state, reason }): Found[] =>
    state === 'stale' || state === 'missing'
      ? [
          {
            kind: state,
            subject: `${catalogueUrl()}#item-${number}`,
            title: `目录第 ${number} 项 ${title}`,
            detail: reason,
          },
        ]
      : [],
  );
  return [...findStaleHome(db, now), ...items, ...findStaleSections(db, today), ...findMissingReport(db, today)];
}

function findStaleHome(db: Db, now: Instant): Found[] {
  const latest =
    db
      .select({ at: max(publishedNotices.publishedAt) })
      .from(publishedNotices)
      .get()?.at ?? null;
  if (latest !== null && latest >= addDays(now, -HOME_DAYS)) return [];
  const detail = latest === null ? '没有任何公告' : `最近一条公告是 ${formatDate(latest)}，超过 ${HOME_DAYS} 天`;
  return [{ kind: 'stale', subject: listUrl(), title: '首页和公告列表', detail }];
}

/** Sections of our own articles: empty ones, and those without anything new for too long. */
function findStaleSections(db: Db, today: string): Found[] {
  return listOwnItems(db, today).flatMap(({ title, href, state, reason }): Found[] =>
    state === 'stale' || state === 'missing'
      ? [{ kind: state, subject: href, title: `栏目“${title}”`, detail: reason }]
      : [],
  );
}

function findMissingReport(db: Db, today: string): Found[] {
  const year = Number(today.slice(0, 4)) - 1;
  if (today <= reportDueOn(year) || listReports(db).some((report) => report.year === year)) return [];
  return [
    { kind: 'missing', subject: reportsUrl(), title: `${year} 年度报告`, detail: `应在 ${reportDueOn(year)} 前公布` },
  ];
}

/**
 * Keeps what a check found: what was found before keeps the day since which it is so and its explanation, what is mended goes.
 * `kinds` are those that were looked for.
 */
export function saveFindings(db: Db, kinds: readonly FindingKind[], found: readonly Found[], now: Instant): void {
  const rows = found.map((each) => ({ ...each, id: hashText(`${each.kind}:${each.subject}`).slice(0, ID_DIGITS) }));
  const save = () => {
    for (const kind of kinds) {
      const kept = rows.filter((row) => row.kind === kind).map(({ id }) => id);
      db.delete(disclosureFindings)
        .where(and(eq(disclosureFindings.kind, kind), notInArray(disclosureFindings.id, kept)))
        .run();
    }
    for (const row of rows)
      db.insert(disclosureFindings)
        .values({ ...row, since: now, checkedAt: now })
        .onConflictDoUpdate({
          target: disclosureFindings.id,
          set: { title: row.title, detail: row.detail, checkedAt: now },
        })
        .run();
    saveKeyValue(db, CHECKED_AT, now);
  };
  db.$client.transaction(save).immediate();
}
