import { getTableColumns, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { defineSelect } from '#db/query.ts';
import { auditEvents } from '#db/schema/index.ts';
import { chainAfter } from '#src/publish/audit/chain.ts';
import type { Check } from './check.ts';

const EVENTS = defineSelect(() => ({
  fields: getTableColumns(auditEvents),
  rest: sql`FROM ${auditEvents} ORDER BY ${auditEvents.seq}`,
}));

/** Rows are numbered from 1 without a gap, and each rehashes together with the one before; nothing stands outside of the chain once it began. */
function* findBroken(db: Db): Generator<string> {
  let [seq, chain, isBegun] = [0, '', false];
  for (const row of EVENTS.iterate(db)) {
    if (row.seq !== seq + 1) yield `第 ${seq} 条之后是第 ${row.seq} 条，中间有缺失`;
    const expected = chainAfter(chain, row);
    if (row.chain !== null && row.chain !== expected) yield `第 ${row.seq} 条与链上的摘要不符`;
    if (row.chain === null && isBegun) yield `第 ${row.seq} 条没有摘要`;
    isBegun ||= row.chain !== null;
    // Goes on from what is written, so that one change is one breach.
    [seq, chain] = [row.seq, row.chain ?? expected];
  }
}

export const AUDIT_CHECKS: readonly Check[] = [
  { key: 'audit-chain', title: '审计记录编号连续，逐条摘要相连，未被改动', find: findBroken },
];
