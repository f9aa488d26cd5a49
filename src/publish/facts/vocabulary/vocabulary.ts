import { DISPOSAL_LABELS } from './disposals.ts';
import { IDENTITY_LABELS } from './identity.ts';
import type { LabelLine } from './label-line.ts';
import { MONEY_LABELS } from './money.ts';
import { PARTY_LABELS } from './parties.ts';
import { TIME_LABELS } from './times.ts';

/** Every label of every fact. A new label is one line in one of these files. */
export const FACT_LABELS: readonly LabelLine[] = [
  ...IDENTITY_LABELS,
  ...PARTY_LABELS,
  ...MONEY_LABELS,
  ...TIME_LABELS,
  ...DISPOSAL_LABELS,
];
