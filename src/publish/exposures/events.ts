import type { ExposureEvent, ExposureEventKind } from '#src/domain/exposures/life-cycle.ts';
import type { RecordField } from './labels.ts';
import type { ExposureRecord } from './record.ts';
import { readInstant } from './values.ts';

const DATED: readonly [RecordField, ExposureEventKind, string][] = [
  ['objectedOn', 'objectionFiled', '来源列明异议受理日期'],
  ['objectionSettledOn', 'objectionResolved', '来源列明异议办结日期'],
  ['repairedOn', 'repaired', '来源列明信用修复（终止公示）日期'],
  ['revokedOn', 'revoked', '来源列明撤销日期'],
];
const YES = /^(?:是|1|已撤销|true|y|yes)$/i;

/**
 * What a source says has happened since the decision. A revocation without a date, and an item that the source takes back, take
 * effect when they are read.
 */
export function readEvents(record: ExposureRecord, withdrawn: boolean, now: number): ExposureEvent[] {
  const events = DATED.flatMap(([field, kind, basis]): ExposureEvent[] => {
    const at = readInstant(record[field]);
    return at ? [{ kind, at, basis }] : [];
  });
  const isRevoked = (withdrawn || YES.test(record.revoked ?? '')) && !events.some(({ kind }) => kind === 'revoked');
  if (isRevoked) events.push({ kind: 'revoked', at: new Date(now).toISOString(), basis: '来源标明已撤销或撤下' });
  return events;
}
