import type { Db } from '#db/client.ts';
import { type Check, type CheckResult, runCheck } from './check.ts';
import { CONTENT_CHECKS } from './content.ts';
import { DEAL_CHECKS } from './deals.ts';
import { EXPOSURE_CHECKS } from './exposures.ts';
import { ORGANIZATION_CHECKS } from './organizations.ts';
import { RECORD_CHECKS } from './records.ts';
import { SCHEMA_CHECKS } from './schema.ts';

/** Invariants that need nothing but the database. */
export const DATABASE_CHECKS: readonly Check[] = [
  ...SCHEMA_CHECKS,
  ...RECORD_CHECKS,
  ...CONTENT_CHECKS,
  ...DEAL_CHECKS,
  ...ORGANIZATION_CHECKS,
  ...EXPOSURE_CHECKS,
];

/** Checks every invariant, in order. `onResult` hears of each as it ends. Nothing is repaired. */
export async function verifyInvariants(
  db: Db,
  checks: readonly Check[],
  onResult: (result: CheckResult) => void = () => {},
): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  for (const check of checks) {
    const result = await runCheck(db, check);
    onResult(result);
    results.push(result);
  }
  return results;
}
