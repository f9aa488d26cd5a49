import { describe, expect, test } from 'vitest';
import { makeDecisions } from '#scripts/demo/generate/decisions.ts';
import { DEMO_SEED } from '#scripts/demo/generate/generate.ts';
import { toLifeFacts } from '#src/domain/exposures/content.ts';
import { isPublicState, stateAt } from '#src/domain/exposures/life-cycle.ts';
import { type PreparedExposure, prepareExposure } from '#src/publish/exposures/prepare.ts';

const TODAY = '2026-11-20';
const NOW = Date.parse(`${TODAY}T04:00:00.000Z`);

function prepare(today: string): PreparedExposure[] {
  return makeDecisions(DEMO_SEED, today).map(({ number, list, title, publishedOn, fields }) => {
    const column =
      list === 'penalties'
        ? ({ board: 'exposure', kind: 'penalty' } as const)
        : ({
            board: 'blacklist',
            kind: 'blacklist',
            list: 'govProcurementDebarment',
            subjectType: 'supplier',
          } as const);
    const published = { raw: publishedOn, field: 'span' };
    const draft = {
      sourceItemId: number,
      column: { code: list },
      title,
      rawTitle: title,
      published,
      attachments: [],
      fields,
      extra: {},
    };
    return prepareExposure(draft, column, { sourceKey: 'demo-credit', publishedBy: 'jining' }, NOW);
  });
}

describe('demonstration decisions', () => {
  const entries = prepare(TODAY);
  const states = entries.map(({ content, events }) =>
    stateAt(toLifeFacts(content, events), new Date(NOW).toISOString()),
  );

  test('show every case: in force, expired, repaired, withheld; firms, agencies, buyers, experts; both lists', () => {
    expect(new Set(states)).toEqual(new Set(['inForce', 'expired', 'repaired', 'withheld']));
    const shown = entries.filter((_, index) => isPublicState(states[index] ?? 'expired')).map(({ content }) => content);
    expect(new Set(shown.map(({ subjectType }) => subjectType))).toEqual(
      new Set(['supplier', 'agency', 'procuringEntity', 'expert']),
    );
    expect(new Set(shown.map(({ board }) => board))).toEqual(new Set(['exposure', 'blacklist']));
    expect(shown.some(({ subjectUscc, subjectType }) => subjectUscc === null && subjectType === 'supplier')).toBe(true);
  });

  test('a later day only adds decisions, and no decision is told twice', () => {
    const earlier = makeDecisions(DEMO_SEED, '2026-10-10');
    expect(makeDecisions(DEMO_SEED, TODAY).slice(0, earlier.length)).toEqual(earlier);
    expect(new Set(entries.map(({ content }) => content.id)).size).toBe(entries.length);
  });
});
