import type { Db } from '#db/client.ts';
import { readKeyValue, saveKeyValue } from '#db/key-values.ts';
import type { County } from '#src/domain/counties/counties.ts';
import { type CodedOutcome, compareProcesses, type Outcomes, PROCESS_CODES } from '#src/domain/flags/compute.ts';
import type { Missing, Process } from '#src/domain/flags/process.ts';
import { isOrganization } from '#src/domain/flags/rule.ts';
import { SUPERVISION_KEYS } from './refresh.ts';
import {
  ADD_COUNT,
  ADD_FLAG,
  ADD_ORGANIZATION_FLAG,
  ALL_SUPERVISED,
  COUNT_DUTIES,
  DROP_COUNTS,
  DROP_DUTY_COUNTS,
  DROP_FLAGS,
  DROP_ORGANIZATION_FLAGS,
  type FlagCountRow,
  type FlagRow,
  NEXT_SUPERVISED,
  type OrganizationFlagRow,
  SAVE_OUTCOMES,
  type SupervisedRow,
} from './tables.ts';

/** Projects in one transaction. */
const PAGE = 200;

/** The lots of all projects, one after the other. */
export function* readProcesses(db: Db): Generator<Process> {
  for (const { processes } of ALL_SUPERVISED.iterate(db)) yield* processes;
}

/**
 * Compares all lots anew when any has changed, and writes what differs. Killed at any point, the next call does it again. Returns
 * whether there was anything to do.
 */
export function compareChanged(db: Db): boolean {
  if (readKeyValue(db, SUPERVISION_KEYS.dirty, '') !== '1') return false;
  const { judge, organizations } = compareProcesses(readProcesses(db));
  const counts = new FlagCounts();
  for (let after = ''; ; ) {
    const page = NEXT_SUPERVISED.all(db, { after, limit: PAGE });
    const last = page.at(-1);
    if (!last) break;
    after = last.project;
    db.$client
      .transaction(() => {
        for (const row of page) saveOutcomes(db, row, judge, counts);
      })
      .immediate();
  }
  db.$client
    .transaction(() => {
      DROP_COUNTS.run(db);
      for (const row of counts.rows()) ADD_COUNT.run(db, row);
      DROP_ORGANIZATION_FLAGS.run(db);
      for (const row of organizations.map(toOrganizationRow)) ADD_ORGANIZATION_FLAG.run(db, row);
      DROP_DUTY_COUNTS.run(db);
      COUNT_DUTIES.run(db);
      saveKeyValue(db, SUPERVISION_KEYS.dirty, '0');
    })
    .immediate();
  return true;
}

function saveOutcomes(db: Db, row: SupervisedRow, judge: (process: Process) => Outcomes, counts: FlagCounts): void {
  const outcomes = row.processes.map(judge);
  for (const [index, process] of row.processes.entries()) counts.add(process, outcomes[index] ?? {});
  if (JSON.stringify(outcomes) === JSON.stringify(row.outcomes)) return;
  SAVE_OUTCOMES.run(db, { project: row.project, outcomes });
  DROP_FLAGS.run(db, { project: row.project });
  for (const flag of toFlagRows(row.processes, outcomes)) ADD_FLAG.run(db, flag);
}

/** What the indicators point at in the lots of a project. */
export function toFlagRows(processes: readonly Process[], outcomes: readonly Outcomes[]): FlagRow[] {
  return processes.flatMap((process, index) =>
    PROCESS_CODES.flatMap((code): FlagRow[] => {
      const outcome = outcomes[index]?.[code];
      if (outcome?.state !== 'flagged') return [];
      const { projectId: project, lot, lotName, county, category, month, buyer, agency, winners } = process;
      const supplier = winners.find(isOrganization) ?? null;
      return [
        { code, project, lot, lotName, county, category, month, buyer, agency, supplier, numbers: outcome.values },
      ];
    }),
  );
}

/** An outcome of organizations as it is stored. */
export function toOrganizationRow({
  code,
  role,
  organizations,
  state,
  cases,
  values,
}: CodedOutcome): OrganizationFlagRow {
  const [organization = ''] = organizations;
  return { code, role, organization, organizations: organizations.join(' '), state, cases, numbers: values };
}

/** Counts outcomes by month, indicator, county and category. */
export class FlagCounts {
  readonly #rows = new Map<string, FlagCountRow>();

  add(
    { month, county, category }: { month: string; county: County; category: Process['category'] },
    outcomes: Outcomes,
  ): void {
    for (const code of PROCESS_CODES) {
      const outcome = outcomes[code];
      if (!outcome) continue;
      const key = `${month} ${code} ${county} ${category}`;
      const row = this.#rows.get(key) ?? { month, code, county, category, flagged: 0, clear: 0, missing: {} };
      if (outcome.state === 'unknown') row.missing[outcome.missing] = (row.missing[outcome.missing] ?? 0) + 1;
      else row[outcome.state] += 1;
      this.#rows.set(key, row);
    }
  }

  /** In a fixed order, whatever the order in which they were counted. */
  rows(): FlagCountRow[] {
    const keys = [...this.#rows.keys()].sort();
    return keys.flatMap((key) => this.#rows.get(key) ?? []).map((row) => ({ ...row, missing: inOrder(row.missing) }));
  }
}

const inOrder = (missing: FlagCountRow['missing']): FlagCountRow['missing'] =>
  Object.fromEntries(Object.entries(missing).sort(([a], [b]) => (a < b ? -1 : 1))) as Partial<Record<Missing, number>>;
