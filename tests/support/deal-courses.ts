import fc from 'fast-check';
import type { DealNotice, DealState } from '#src/domain/deals/deal.ts';
import { EFFECTS } from '#src/domain/deals/effects.ts';
import type { Stage } from '#src/domain/stages.ts';
import { addDays, type Instant } from '#src/domain/time/time.ts';

const START = '2026-03-02T01:00:00.000Z';
/** The instant so many days after the start of a course. */
export const day = (days: number): Instant => addDays(START, days);

/** One notice of a course. */
export interface Given {
  on: number;
  stage: Stage;
  /** Days from the start to the deadline that it gives. */
  due?: number;
  lots?: string[];
  title?: string;
  supplier?: string;
}

/** The notice of a course with a number. */
export function notice(
  { on, stage, due, lots = [], title = '某项目公告', supplier }: Given,
  index: number,
): DealNotice {
  const rows = lots.map((lot) => ({ lot: { text: lot }, ...(supplier ? { supplier: { text: supplier } } : {}) }));
  return {
    id: `n${String(index).padStart(3, '0')}`,
    title,
    stage,
    publishedAt: day(on),
    lotCode: null,
    deadlineAt: due === undefined ? null : day(due),
    deadlinePrecision: due === undefined ? null : 'minute',
    openingAt: null,
    openingPrecision: null,
    suppliers: supplier ? [supplier] : [],
    amountFen: null,
    amountKind: null,
    facts: {
      ...(rows.length > 0 ? { lots: { text: lots.join('、'), entries: rows } } : {}),
      ...(supplier && rows.length === 0 ? { supplier: { text: supplier } } : {}),
    },
  };
}

const STAGES_OF_COURSES = [
  'tenderPlan',
  'tenderNotice',
  'clarification',
  'correctionNotice',
  'openingRecord',
  'candidateNotice',
  'awardNotice',
  'failureNotice',
  'terminationNotice',
  'suspensionNotice',
  'resumptionNotice',
  'contractNotice',
  'performanceNotice',
  'complaintDecision',
] as const satisfies readonly Stage[];

/** A random course: stages on days, with deadlines and lots, in the order in which they are made up. */
export const course = fc.array(
  fc.record(
    {
      stage: fc.constantFrom(...STAGES_OF_COURSES),
      on: fc.integer({ min: 0, max: 120 }),
      due: fc.option(fc.integer({ min: 0, max: 160 }), { nil: undefined }),
      lots: fc.subarray(['1', '2', '3']),
      title: fc.constantFrom('某项目公告', '某项目（二次）公告'),
    },
    { requiredKeys: ['stage', 'on', 'lots', 'title'] },
  ),
  { maxLength: 14 },
);

/** Where a lot stands, and the deadline that its notices gave last. */
interface Told {
  state: DealState | undefined;
  due: Instant | undefined;
}

/** A slow and plain telling of the same rules: everything about one lot is read again from the beginning for each question. */
export function tellLot(all: readonly DealNotice[], key: string, now: Instant): Told {
  const own = all.filter(({ facts }) => {
    const named = (facts.lots?.entries ?? []).map((row) => row.lot?.text);
    return named.length === 0 || named.includes(key);
  });
  let state: DealState | undefined;
  let beforeSuspension: DealState | undefined;
  let due: Instant | undefined;
  let publicityEnds: Instant | undefined;
  let planned = false;
  const order = ['open', 'closed', 'publicity', 'awarded', 'contracted', 'performed'];
  for (const { stage, deadlineAt, title, publishedAt } of own) {
    const effect = EFFECTS[stage];
    if (effect === 'plan') {
      planned = true;
      continue;
    }
    const over = state === 'failed' || state === 'terminated';
    if (effect === 'call' && (over || (state !== undefined && state !== 'open' && title.includes('二次')))) {
      state = undefined;
      beforeSuspension = undefined;
      due = undefined;
      publicityEnds = undefined;
    }
    if (['call', 'amend', 'suspend', 'resume'].includes(effect) && deadlineAt) due = deadlineAt;
    if (effect === 'rank') publicityEnds = `${addDays(publishedAt, 4).slice(0, 10)}`;
    if (state === 'failed' || state === 'terminated') continue;
    const real = state === 'suspended' ? beforeSuspension : state;
    if (effect === 'suspend') {
      if (state !== 'suspended') {
        beforeSuspension = state;
        state = 'suspended';
      }
    } else if (effect === 'resume') {
      if (state === 'suspended') state = beforeSuspension ?? 'open';
      else state ??= 'open';
    } else if (effect === 'amend') {
      if (state === undefined && due) state = 'open';
    } else if (effect === 'fail') state = 'failed';
    else if (effect === 'terminate') state = 'terminated';
    else {
      const to = {
        call: 'open',
        open: 'closed',
        rank: 'publicity',
        award: 'awarded',
        contract: 'contracted',
        perform: 'performed',
        tell: undefined,
      }[effect] as DealState | undefined;
      if (!to || (state === 'suspended' && to === 'open')) continue;
      if (real === undefined || order.indexOf(to) >= order.indexOf(real)) state = to;
    }
  }
  if (state === undefined) return { state: planned ? 'planned' : undefined, due };
  if (state === 'open' && due && due <= now) return { state: 'closed', due };
  // Publicity without a period of its own ends three days after its day (Shanghai; instants here are at 09:00 there).
  if (state === 'publicity' && publicityEnds && addDays(`${publicityEnds}T00:00:00.000Z`, 0) <= addDays(now, 8 / 24))
    return { state: 'closed', due };
  return { state, due };
}

/** The order in which a deal's notices count. */
export function toDealOrder(notices: readonly DealNotice[]): DealNotice[] {
  const stages = Object.keys(EFFECTS);
  const place = ({ stage, title }: DealNotice) =>
    EFFECTS[stage] === 'call' && title.includes('二次') ? stages.length : stages.indexOf(stage);
  return [...notices].sort((a, b) =>
    a.publishedAt !== b.publishedAt
      ? a.publishedAt < b.publishedAt
        ? -1
        : 1
      : place(a) - place(b) || (a.id < b.id ? -1 : 1),
  );
}
