import { getTableColumns, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { defineSelect } from '#db/query.ts';
import { deals, notices, projects } from '#db/schema/index.ts';
import { DEAL_RULES } from '#src/domain/deals/to-deal.ts';
import { deriveDeal, OWN_NOTICE, type OwnNotice } from '#src/publish/deals/derive.ts';
import type { Check } from './check.ts';

const DEALS = defineSelect(() => ({ fields: getTableColumns(deals), rest: sql`FROM ${deals}` }));
const NOTICES = defineSelect(() => ({
  fields: { ...OWN_NOTICE, projectId: notices.projectId },
  rest: sql`FROM ${notices} ORDER BY ${notices.projectId}`,
}));
const MISSING = defineSelect(() => ({
  fields: { id: projects.id },
  rest: sql`FROM ${projects} WHERE ${projects.id} NOT IN (SELECT ${deals.projectId} FROM ${deals})`,
}));

/** Every project's deal and the marks of its notices are, byte for byte, what the present rules derive from the notices that there are. */
function* findUnderived(db: Db): Generator<string> {
  for (const { id } of MISSING.iterate(db)) yield `${id} 尚未推算，须运行 npm run reextract`;
  const stored = new Map(DEALS.all(db).map((deal) => [deal.projectId, deal]));
  for (const [projectId, own] of groupByProject(NOTICES.iterate(db))) {
    const before = stored.get(projectId);
    if (!before) continue;
    if (before.rules !== DEAL_RULES) {
      yield `${projectId} 由第 ${before.rules} 号规则推算，现行为第 ${DEAL_RULES} 号，须运行 npm run reextract`;
      continue;
    }
    const { deal, marks } = deriveDeal(projectId, own);
    if (deal.course !== before.course || deal.state !== before.state) yield `${projectId} 与其公告推算的不符`;
    for (const { notice } of marks) yield `${projectId} ${notice.id} 的截止或被取代与推算的不符`;
  }
}

/** Rows that come in the order of their projects, project by project. */
function* groupByProject(
  rows: Iterable<OwnNotice & { projectId: string }>,
): Generator<[projectId: string, own: OwnNotice[]]> {
  let group: OwnNotice[] = [];
  let current: string | undefined;
  for (const { projectId, ...notice } of rows) {
    if (current !== undefined && projectId !== current) {
      yield [current, group];
      group = [];
    }
    current = projectId;
    group.push(notice);
  }
  if (current !== undefined) yield [current, group];
}

export const DEAL_CHECKS: readonly Check[] = [
  { key: 'deals', title: '每个项目的状态、轮次、标段由其公告推算，可重算出同样的字节', find: findUnderived },
];
