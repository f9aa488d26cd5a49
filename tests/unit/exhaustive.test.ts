import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { type CompileError, TypedProject } from '../support/type-overlay.ts';
import {
  listPlaces,
  listUnnamed,
  newMemberOf,
  type Place,
  type Union,
  withNewMember,
} from '../support/union-places.ts';

const REGISTRY = 'src/domain/exposures/registry.ts';
const LIFE = 'src/domain/exposures/life-cycle.ts';
const ORGANIZATION = 'src/domain/organizations/organization.ts';
const CHANNELS = 'src/domain/subscriptions/channels.ts';
const TIMELINE = 'src/domain/projects/timeline.ts';

/** Every union that grows with the field, where it is defined, and what the compiler names besides when it does. */
const UNIONS: readonly (Union & { named: readonly string[] })[] = [
  {
    type: 'Category',
    file: 'src/domain/categories.ts',
    named: [
      'scripts/demo/generate/bodies/changes.ts',
      'scripts/demo/generate/current-year.ts',
      'scripts/demo/generate/flows/profiles.ts',
      'scripts/demo/generate/registry.ts',
      'scripts/demo/generate/year-2020.ts',
      'scripts/demo/platforms/columns.ts',
      'scripts/demo/platforms/epoint-fulltext.ts',
      'scripts/demo/platforms/epoint-pagelist.ts',
      'scripts/demo/platforms/jinan.ts',
      'scripts/demo/platforms/jining.ts',
      'src/domain/facts/fact-words.ts',
      'src/domain/notices/deciding-facts.ts',
      'src/domain/notices/notice-columns.ts',
      'src/domain/notices/stage-label.ts',
      'src/domain/projects/compliance.ts',
      'src/domain/projects/remedies.ts',
      'src/domain/projects/timeline-plans.ts',
    ],
  },
  {
    type: 'Stage',
    file: 'src/domain/stages.ts',
    named: [
      'scripts/demo/generate/bodies/bodies.ts',
      'scripts/demo/generate/titles.ts',
      'src/domain/disposals/to-disposal.ts',
      'src/domain/submission/fields.ts',
      'src/domain/notices/title-stage.ts',
      'src/domain/deals/effects.ts',
      'src/domain/ocds/documents.ts',
      'src/domain/projects/timeline-plans.ts',
    ],
  },
  {
    type: 'StagePhase',
    file: 'src/domain/stages.ts',
    named: [
      'src/components/StageTag.astro',
      'src/domain/ocds/tender.ts',
      TIMELINE,
      'src/publish/facts/figures.ts',
      'src/publish/facts/groups.ts',
      'src/publish/facts/list-columns.ts',
    ],
  },
  {
    type: 'StageEffect',
    file: 'src/domain/stages.ts',
    named: [
      'src/components/StageTag.astro',
      'src/domain/projects/compliance.ts',
      TIMELINE,
      'src/publish/prepare/normalise.ts',
      'src/server/notices/correction.ts',
    ],
  },
  // Everything else about a fact or a misconduct is asked for by its own line of the table.
  { type: 'FactKey', file: 'src/domain/facts/facts.ts', named: [] },
  { type: 'MisconductType', file: 'src/domain/exposures/misconduct.ts', named: [] },
  { type: 'ExposureState', file: LIFE, named: [] },
  { type: 'PenaltyType', file: REGISTRY, named: [] },
  { type: 'SubjectType', file: REGISTRY, named: [] },
  { type: 'RecordKind', file: REGISTRY, named: [] },
  { type: 'Board', file: REGISTRY, named: [] },
  { type: 'Grade', file: 'src/domain/exposures/grade.ts', named: ['src/domain/exposures/period.ts'] },
  { type: 'ExposureEventKind', file: LIFE, named: [LIFE] },
  {
    type: 'OrganizationRole',
    file: ORGANIZATION,
    named: [
      'src/components/company/Identity.astro',
      'src/domain/ocds/parties.ts',
      'src/server/organizations/awards.ts',
    ],
  },
  { type: 'PartyMatch', file: ORGANIZATION, named: [ORGANIZATION] },
  { type: 'NewsKind', file: 'src/domain/subscriptions/news.ts', named: ['src/domain/subscriptions/news.ts'] },
  {
    type: 'MessageKind',
    file: 'src/domain/subscriptions/message-kinds.ts',
    named: ['src/server/subscriptions/send.ts'],
  },
  {
    type: 'Channel',
    file: CHANNELS,
    named: [CHANNELS, 'src/server/subscriptions/confirmation-limit.ts', 'src/server/subscriptions/webhooks/robots.ts'],
  },
  {
    type: 'DisposalEvent',
    file: 'src/domain/disposals/disposal.ts',
    named: ['src/domain/disposals/to-disposal.ts'],
  },
  {
    type: 'AmountKind',
    file: 'src/domain/facts/amount-kind.ts',
    named: ['src/domain/facts/fact-text.ts'],
  },
  {
    type: 'SourceState',
    file: 'src/domain/site/site-views.ts',
    named: ['src/domain/site/site-views.ts', 'src/server/counties/list.ts'],
  },
  { type: 'StepState', file: TIMELINE, named: [TIMELINE] },
];

/** Files where a new member takes the general way beside a few that are excepted, and why that is right there. */
const EXCEPTED: Record<string, string> = {
  'tests/unit/domain/fact-words.test.ts': 'the facts that it plants in texts of its own',
  'scripts/bench/facts/demo-notices.ts': 'labels the stages whose reading is measured',
  'scripts/bench/facts/score.ts': 'compares names as names, everything else as text',
  'scripts/bench/search-quality/corpus.ts': 'a corpus of its own',
  'scripts/demo/generate/fields.ts': 'fields that only two stages have',
  'scripts/demo/generate/plan.ts': 'whatever else is bought is planned by its profile, which the compiler asks for',
  'scripts/demo/generate/registry.ts':
    'codes with a prefix, which the compiler asks for, but for works, land and some purchases',
  'scripts/demo/platforms/jining.ts': 'digits, which the compiler asks for, but for works and the quirks of one tenant',
  'src/domain/flags/to-process.ts':
    'limits that the law sets for two categories, and the two stages that change a call',
  'src/domain/statistics/measures/course.ts':
    'limits that the law sets for one category; every other has those of the general way',
  'src/domain/statistics/measures/saving.ts': 'savings are computed where something is bought, not where it is sold',
  'src/domain/screening/expert-names.ts': 'the one stage whose notices have to name experts',
  'src/components/notice/FactsTable.astro': 'facts that lead to pages; every other is shown by its kind',
  'src/components/project/Steps.astro': 'words for two states under way; every other has its label',
  'src/domain/drafts/form/fields.ts': 'facts that people fill in otherwise than their kind says',
  'src/domain/drafts/form/limits.ts': 'stages that a statutory limit bears on; others have none',
  'src/domain/notices/deciding-values.ts':
    'parties, which stand in columns of their own; every other fact is shown as it was read',
  'src/domain/facts/fact-text.ts': 'names in place of the label that every fact has',
  'src/publish/facts/cells.ts': 'every fact is weighed by its kind, names of parties more exactly',
  'src/publish/facts/collect.ts': 'sums and parties that stand in odd places',
  'src/publish/facts/flattened.ts': 'names of parties are weighed more strictly',
  'src/publish/facts/foreign.ts': 'columns that tell of bidders',
  'src/publish/facts/groups.ts': 'what a row may say of itself',
  'src/publish/facts/score.ts': 'every fact is judged by its kind, codes and names more exactly',
  'src/publish/facts/lines.ts': 'codes in brackets',
  'src/publish/facts/list-columns.ts': 'lots are named in every list',
  'src/publish/facts/lists.ts': 'suppliers and their codes are checked besides',
  'src/publish/facts/sections.ts': 'headings of parties',
  'src/publish/facts/sentences.ts': 'facts that sentences tell as changed',
  'src/publish/facts/sideways.ts': 'what tables that lie on their side begin with',
};

/** Places that a new category slips past, and one that asks for it. */
const PLANTED = 'tests/support/planted.ts';
const PLANT = `
import type { Category } from '#src/domain/categories.ts';
const TABLE: Partial<Record<Category, string>> = { land: '土地', mining: '矿业' };
const OPEN: Record<string, string> = { land: '土地', mining: '矿业' };
const CHOSEN: ReadonlySet<Category> = new Set(['land', 'mining']);
export const ask = (category: Category): string => TABLE[category] ?? OPEN[category] ?? String(CHOSEN.has(category));
export function chain(category: Category): number {
  if (category === 'land') return 1;
  return category === 'mining' ? 2 : 3;
}
export function withoutNever(category: Category): number {
  switch (category) {
    case 'land':
      return 1;
    default:
      return 2;
  }
}
export const whole: Record<Category, number> = {
  construction: 1, procurement: 1, land: 1, mining: 1, property: 1, medical: 1, general: 1,
};
`;

/** Where every filter of a list is asked for by its name, by the table of its filters. */
const FILTERS = {
  EXPOSURE_FILTERS: { file: 'src/domain/exposures/filter.ts', named: 'src/server/exposures/list.ts' },
  ORGANIZATION_FILTERS: { file: 'src/domain/organizations/filter.ts', named: 'src/server/organizations/list.ts' },
  AWARD_FILTERS: { file: 'src/domain/organizations/filter.ts', named: 'src/server/organizations/awards.ts' },
} as const;
type FilterTable = keyof typeof FILTERS;
const newFilterOf = (table: FilterTable) => `unheardOf_${table}`;

/** A table of filters with one more, which no form asks for. */
function withNewFilter(table: FilterTable, text: string): string {
  const head = `export const ${table} = {\n`;
  if (!text.includes(head)) throw new Error(`there is no table ${table}`);
  const filter = `  ${newFilterOf(table)}: { schema: z.string(), label: '', note: '', example: '', control: 'kept' },\n`;
  return text.replace(head, head + filter);
}

let errors: CompileError[];
let unnamed: Place[];

/** All unions grow at once: one reading of the project tells of each by its new member's name. */
beforeAll(() => {
  const texts = new Map([[PLANTED, PLANT]]);
  for (const union of UNIONS)
    texts.set(union.file, withNewMember(union, texts.get(union.file) ?? readFileSync(union.file, 'utf8')));
  for (const table of Object.keys(FILTERS) as FilterTable[]) {
    const { file } = FILTERS[table];
    texts.set(file, withNewFilter(table, texts.get(file) ?? readFileSync(file, 'utf8')));
  }
  const project = new TypedProject(texts);
  // Of an Astro file only the part between the fences is read, where properties are of no type.
  errors = project
    .errors()
    .filter(
      ({ path, message }) => !path.endsWith('.astro') || (/unheardOf/.test(message) && !/of type 'any'/.test(message)),
    );
  unnamed = listUnnamed(
    project.files.flatMap((file) => listPlaces(file, UNIONS, project)),
    errors,
  );
}, 600_000);

describe('one member more', () => {
  it.each(UNIONS)('of $type names every place that must say something of it', (union) => {
    const isAbout = new RegExp(`${newMemberOf(union)}\\b`);
    const paths = new Set(errors.filter(({ message }) => isAbout.test(message)).map(({ path }) => path));
    console.log(`${union.type}: ${[...paths].sort().join(', ') || 'its own line asks for all'}`);
    expect([...paths]).toEqual(expect.arrayContaining([...union.named]));
  });

  it.each(Object.keys(FILTERS) as FilterTable[])('of %s is asked for where the list is read', (table) => {
    const about = errors.filter(({ message }) => message.includes(newFilterOf(table))).map(({ path }) => path);
    expect([...new Set(about)]).toEqual([FILTERS[table].named]);
  });

  it('slips past no table, list, lookup, chain or switch but those that are excepted', () => {
    const silent = unnamed.filter(({ path }) => path !== PLANTED && !(path in EXCEPTED));
    expect(silent.map(({ union, path, line, how, text }) => `${union} ${path}:${line} ${how}: ${text}`)).toEqual([]);
  });

  it('excepts nothing that is not there', () => {
    const paths = new Set(unnamed.map(({ path }) => path));
    expect(Object.keys(EXCEPTED).filter((path) => !paths.has(path))).toEqual([]);
  });

  it('would slip past what was planted, which is found; the whole table is named', () => {
    const planted = unnamed.filter(({ path }) => path === PLANTED).map(({ how, line }) => `${how} ${line}`);
    expect(planted.sort()).toEqual(['chain 8', 'lookup 6', 'lookup 6', 'set 5', 'switch 12', 'table 3']);
    expect(errors.filter(({ path }) => path === PLANTED)).toHaveLength(1);
  });
});
