import type { FactKey } from '#src/domain/facts/facts.ts';
import type { NoticeSummary } from '#src/domain/site/views.ts';
import type { Stage } from '#src/domain/stages.ts';
import type { MomentPrecision } from '#src/domain/time/moment.ts';
import { startOfDay } from '#src/domain/time/time.ts';

interface Options {
  title?: string;
  /** `YYYY-MM-DD`. */
  deadline?: string;
  opening?: string;
  /** How exact the deadline is; a day unless said otherwise. */
  precision?: MomentPrecision;
  facts?: Partial<Record<FactKey, { text: string; fen?: number }>>;
}

/** A notice summary of a stage, published on a `YYYY-MM-DD` day. */
export function toSummary(stage: Stage, published: string, options: Options = {}): NoticeSummary {
  return {
    id: `${stage}-${published}`,
    title: options.title ?? stage,
    category: 'construction',
    stage,
    county: 'qufu',
    publishedAt: startOfDay(published),
    publishedPrecision: 'day',
    deadlineAt: options.deadline ? startOfDay(options.deadline) : null,
    deadlinePrecision: options.deadline ? (options.precision ?? 'day') : null,
    openingAt: options.opening ? startOfDay(options.opening) : null,
    openingPrecision: options.opening ? 'day' : null,
    amountFen: null,
    amountKind: null,
    buyer: null,
    suppliers: [],
    tenderers: [],
    lots: { lots: 1, word: '标段', first: null },
    projectCode: null,
    projectId: 'p',
    closesAt: null,
    superseded: null,
    dealState: null,
    version: 1,
    sourceName: '某网',
    facts: options.facts ?? {},
  };
}
