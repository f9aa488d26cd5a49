import { demoNotices } from './demo-notices.ts';
import type { LabelledNotice } from './labelled.ts';
import { CHANGE_LAYOUTS } from './layouts/changes.ts';
import { DISPOSAL_LAYOUTS } from './layouts/disposals.ts';
import { PROCUREMENT_RESULTS } from './layouts/procurement-results.ts';
import { PROCUREMENT_TENDERS } from './layouts/procurement-tenders.ts';
import { ROUGH_LINES } from './layouts/rough-lines.ts';
import { ROUGH_TABLES } from './layouts/rough-tables.ts';
import { WORKS_NOTICES } from './layouts/works.ts';
import { WORKS_CANDIDATES } from './layouts/works-candidates.ts';
import { makeTruth } from './truth.ts';

const LAYOUTS = [
  ...PROCUREMENT_TENDERS,
  ...PROCUREMENT_RESULTS,
  ...WORKS_NOTICES,
  ...WORKS_CANDIDATES,
  ...DISPOSAL_LAYOUTS,
  ...CHANGE_LAYOUTS,
  ...ROUGH_LINES,
  ...ROUGH_TABLES,
];
const VARIANTS = 6;

/** Hand-written structures with several truths each, and notices of the demonstration. The same at every call. */
export function labelledSet(): LabelledNotice[] {
  const written = LAYOUTS.flatMap((layout, index) =>
    Array.from({ length: VARIANTS }, (_, variant) => layout(makeTruth(`${index}/${variant}`))),
  );
  return [...written, ...demoNotices()];
}
