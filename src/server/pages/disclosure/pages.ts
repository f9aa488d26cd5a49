import { formatDate } from '#src/domain/time/time.ts';
import { listReports, type ReportVersion } from '#src/publish/annual-report/store.ts';
import { webDb } from '../../db.ts';
import { type CatalogueRow, listCatalogue } from '../../disclosure/catalogue.ts';
import { listFindings, type PublicFinding } from '../../disclosure/findings.ts';
import { listOwnItems, type OwnItemRow } from '../../disclosure/own-items.ts';
import { listTasks, type PublicTask } from '../../disclosure/tasks.ts';

const today = () => formatDate(new Date().toISOString());

/** The forty items and those of our own, with what stands under each. */
export const loadCatalogue = (): { items: CatalogueRow[]; own: OwnItemRow[]; today: string } => ({
  items: listCatalogue(webDb(), today()),
  own: listOwnItems(webDb(), today()),
  today: today(),
});

/** What the section leads to, with how things stand. */
export function loadDisclosure(): { reports: ReportVersion[]; findings: number; counts: Record<string, number> } {
  const items = listCatalogue(webDb(), today());
  const counts = Object.fromEntries(
    [...Map.groupBy(items, ({ state }) => state)].map(([state, rows]) => [state, rows.length]),
  );
  const open = listFindings(webDb()).findings.filter(({ explanation }) => explanation === null);
  return { reports: listReports(webDb()), findings: open.length, counts };
}

/** The task list. */
export const loadTasks = (): { tasks: PublicTask[]; today: string } => ({ tasks: listTasks(webDb()), today: today() });

/** What the self-check found. */
export const loadCheck = (): { checkedAt: string; findings: PublicFinding[] } => listFindings(webDb());

/** Published reports, the latest year first. */
export const loadReports = (): ReportVersion[] => listReports(webDb());
