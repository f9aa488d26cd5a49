import type { Db } from '#db/client.ts';
import { listDuties } from '#src/domain/disclosure-score/list-duties.ts';
import type { Surroundings } from '#src/domain/flags/to-process.ts';
import { toProcesses } from '#src/domain/flags/to-process.ts';
import { findCourse } from './course.ts';
import type { DutyRow, SupervisedRow } from './tables.ts';

/** What is derived of a project alone: its lots, and its duties as of a day. */
export interface DerivedProject {
  /** Null of what is not bought. */
  supervised: Pick<SupervisedRow, 'category' | 'county' | 'processes'> | null;
  duties: DutyRow[];
}

/** Derives a project from its public notices; undefined when there are none. The same notices give the same bytes. */
export function deriveProject(
  db: Db,
  projectId: string,
  surroundings: Surroundings,
  today: string,
): DerivedProject | undefined {
  const course = findCourse(db, projectId);
  if (!course) return undefined;
  const { category, county, notices } = course;
  const processes = toProcesses(course, surroundings);
  const partyOf = (role: 'buyer' | 'agency') =>
    notices.flatMap(({ parties }) => parties).find((party) => party.role === role && party.organizationId !== null)
      ?.organizationId ?? null;
  const [buyer, agency] = [partyOf('buyer'), partyOf('agency')];
  const duties = listDuties(course, surroundings.calendar, today).flatMap(({ round, part, lots, duties: own }) =>
    own.map((duty): DutyRow => ({ project: projectId, round, part, lots, county, category, buyer, agency, ...duty })),
  );
  return { supervised: processes.length > 0 ? { category, county, processes } : null, duties };
}
