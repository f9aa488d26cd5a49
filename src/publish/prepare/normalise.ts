import type { Category } from '#src/domain/categories.ts';
import type { County } from '#src/domain/counties/counties.ts';
import { attributeCounty } from '#src/domain/counties/county-attribution.ts';
import { stageFromTitle } from '#src/domain/notices/title-stage.ts';
import { purchaseStages, type Stage, type StageEffect, stageDefinition } from '#src/domain/stages.ts';
import { parseFeedTime } from '#src/domain/time/feed-time.ts';
import type { Instant, TimePrecision } from '#src/domain/time/time.ts';
import type { NoticeDraft } from '../draft.ts';
import type { Reason } from '../items/reasons.ts';

const FUTURE_TOLERANCE_MS = 24 * 3600_000;
const EARLIEST = '2000-01-01';
/** Title stages that overrule any column: such a notice in a result or tender column is a change of plan, not a result. */
const OVERRULES: Record<StageEffect, boolean> = {
  calls: false,
  tells: false,
  proposes: false,
  explains: false,
  corrects: true,
  amends: false,
  suspends: true,
  resumes: false,
  fails: true,
  terminates: true,
};
/** Steps that result columns mix and misfile: among these the title decides as it does in a tender column. */
const RESULTS: ReadonlySet<Stage> = new Set(purchaseStages('opening', 'award', 'contract'));

/** Whether a stage that a title names overrules any column. A supplement also stands in titles of whole offers. */
function overrules(stage: Stage): boolean {
  return OVERRULES[stageDefinition(stage).effect] && stage !== 'landOfferingSupplement';
}

/** What the domain rules read from the list part of a draft. */
export interface NormalisedDraft {
  category: Category;
  stage: Stage;
  county: County;
  publishedAt: Instant;
  publishedPrecision: TimePrecision;
  /** Things a person may want to check; they do not stop the notice. */
  remarks: Reason[];
}

/** A value that no mapping knows, for the mapping board. */
export interface UnknownCode {
  kind: 'column' | 'category' | 'stage' | 'county';
  value: string;
}

export type Normalisation = { notice: NormalisedDraft } | { reasons: Reason[]; unknown: UnknownCode[] };

/** Applies the domain rules to a draft. Nothing is guessed: what no rule knows is a reason and an unknown code. */
export function normaliseDraft(draft: NoticeDraft, publishedBy: County, now: number): Normalisation {
  const reasons: Reason[] = [];
  const unknown: UnknownCode[] = [];
  const remarks: Reason[] = [];
  const reject = (code: string, message: string, field: string) => reasons.push({ code, message, field });

  const time = parseFeedTime(draft.published.raw);
  if (!time || time.instant < EARLIEST) {
    reject('time-missing', `没有可用的发布时间：“${draft.published.raw.slice(0, 40)}”`, 'published');
  } else if (Date.parse(time.instant) > now + FUTURE_TOLERANCE_MS) {
    reject('time-future', `发布时间在 24 小时以后：“${draft.published.raw.slice(0, 40)}”`, 'published');
  }

  const stage = resolveStage(draft, reject, unknown, remarks);
  const place = draft.ownCounty
    ? { county: publishedBy }
    : attributeCounty({ title: draft.title, countyText: draft.countyText, publishedBy });
  if ('unknown' in place) {
    reject('county-unknown', `不认识的地区：“${place.unknown}”`, 'county');
    unknown.push({ kind: 'county', value: place.unknown });
  }
  if (reasons.length > 0 || !time || !stage || !draft.mapping || !('county' in place)) return { reasons, unknown };
  const { instant: publishedAt, precision: publishedPrecision } = time;
  const { category } = draft.mapping;
  return { notice: { category, stage, county: place.county, publishedAt, publishedPrecision, remarks } };
}

/** The stage by column and title. A tender column is overruled by whatever its title says; others by changes of plan, results by results. */
function resolveStage(
  { mapping, column, title, facts }: NoticeDraft,
  reject: (code: string, message: string, field: string) => void,
  unknown: UnknownCode[],
  remarks: Reason[],
): Stage | undefined {
  const name = column.label ? `${column.label}（${column.code}）` : column.code;
  if (!mapping) {
    reject('column-unknown', `栏目没有对应的交易类别和环节：${name}`, 'column');
    unknown.push({ kind: 'column', value: column.code });
    return undefined;
  }
  const named = stageFromTitle(title, mapping.category);
  if (mapping.stage === 'mixed') {
    if (named) return named;
    reject('stage-unknown', `标题没有说明环节：${name}`, 'stage');
    unknown.push({ kind: 'stage', value: column.code });
    return undefined;
  }
  if (!stageDefinition(mapping.stage).categories.includes(mapping.category)) {
    reject('stage-invalid', `该交易类别没有这个环节：${name}`, 'stage');
    return undefined;
  }
  // Whoever gave facts chose the stage too.
  if (!named || named === mapping.stage || facts) return mapping.stage;
  const isTender = stageDefinition(mapping.stage).phase === 'tender';
  const isMisfiled = RESULTS.has(mapping.stage) && RESULTS.has(named);
  if (!isTender && !isMisfiled && !overrules(named)) return mapping.stage;
  remarks.push({ code: 'stage-from-title', message: `环节按标题认定，与栏目不同：${name}`, field: 'stage' });
  return named;
}
