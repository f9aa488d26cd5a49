import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  EXPOSURE_EVENTS,
  type ExposureEvent,
  type ExposureEventKind,
  type ExposureState,
  isPublicState,
  type LifeFacts,
  publicInterval,
  stateAt,
} from '#src/domain/exposures/life-cycle.ts';

import { publicityEnd } from '#src/domain/exposures/sanction.ts';

const at = (day: string) => `${day}T04:00:00.000Z`;
const event = (kind: ExposureEventKind, day: string): ExposureEvent => ({ kind, at: at(day), basis: '文书' });
const FACTS: LifeFacts = {
  grade: 'general',
  minorReason: null,
  publishedAt: at('2026-05-12'),
  until: '2027-05-10',
  events: [],
};

/** Rule with its clause, facts, instant, state. */
const STATES: [string, Partial<LifeFacts>, string, ExposureState][] = [
  ['before its publication', {}, at('2026-05-11'), 'upcoming'],
  ['in force', {}, at('2026-05-12'), 'inForce'],
  ['in force to the last second of the last day in Shanghai', {}, '2027-05-10T15:59:59.999Z', 'inForce'],
  ['stops by itself at the end of that day (CR36)', {}, '2027-05-10T16:00:00.000Z', 'expired'],
  ['minor is not published by default (CR36)', { grade: 'minor' }, at('2026-06-01'), 'withheld'],
  ['minor with a reason is', { grade: 'minor', minorReason: '涉及公共安全' }, at('2026-06-01'), 'inForce'],
  [
    'an objection does not suspend publication',
    { events: [event('objectionFiled', '2026-06-01')] },
    at('2026-06-02'),
    'underObjection',
  ],
  [
    'an objection that was settled (SDC 39)',
    { events: [event('objectionFiled', '2026-06-01'), event('objectionResolved', '2026-06-04')] },
    at('2026-06-05'),
    'inForce',
  ],
  [
    'a second objection is pending again',
    {
      events: [
        event('objectionResolved', '2026-06-04'),
        event('objectionFiled', '2026-06-01'),
        event('objectionFiled', '2026-07-01'),
      ],
    },
    at('2026-07-02'),
    'underObjection',
  ],
  ['corrected', { events: [event('corrected', '2026-06-10')] }, at('2026-06-11'), 'corrected'],
  [
    'repaired: publication and use stop (CR36)',
    { events: [event('repaired', '2026-09-01')] },
    at('2026-09-02'),
    'repaired',
  ],
  [
    'a repair of tomorrow has no effect today',
    { events: [event('repaired', '2026-09-01')] },
    at('2026-08-31'),
    'inForce',
  ],
  ['revoked (APL 48, 85)', { events: [event('revoked', '2026-06-01')] }, at('2026-06-01'), 'revoked'],
  [
    'revoked counts before repaired',
    { events: [event('repaired', '2026-06-01'), event('revoked', '2026-07-01')] },
    at('2026-07-02'),
    'revoked',
  ],
  ['repaired counts before expired', { events: [event('repaired', '2026-09-01')] }, at('2028-01-01'), 'repaired'],
];

describe('stateAt', () => {
  test.each(STATES)('%s', (_rule, facts, now, state) => {
    expect(stateAt({ ...FACTS, ...facts }, now)).toBe(state);
  });
});

const day = fc
  .integer({ min: 0, max: 900 })
  .map((days) => new Date(Date.UTC(2026, 3, 1) + days * 86_400_000).toISOString());
const anyFacts = fc.record({
  grade: fc.constantFrom('minor' as const, 'general' as const, 'serious' as const),
  minorReason: fc.constantFrom(null, '理由'),
  publishedAt: day,
  until: day.map((instant) => instant.slice(0, 10)),
  events: fc.array(
    fc.record({
      kind: fc.constantFrom(...(Object.keys(EXPOSURE_EVENTS) as ExposureEventKind[])),
      at: day,
      basis: fc.constant('文书'),
    }),
    { maxLength: 4 },
  ),
});

describe('publicInterval', () => {
  test('says the same as the state at every instant', () => {
    fc.assert(
      fc.property(anyFacts, day, (facts, now) => {
        const { from, until, withheld } = publicInterval(facts);
        expect(!withheld && from <= now && now < until).toBe(isPublicState(stateAt(facts, now)));
      }),
    );
  });

  test('what has ended never comes back', () => {
    fc.assert(
      fc.property(anyFacts, day, day, (facts, one, other) => {
        const [earlier, later] = [one, other].sort() as [string, string];
        const ended = new Set<ExposureState>(['expired', 'repaired', 'revoked', 'withheld']);
        if (ended.has(stateAt(facts, earlier))) expect(isPublicState(stateAt(facts, later))).toBe(false);
      }),
    );
  });
});

test.each([
  ['2026年4月18日至2026年4月21日', '2026-04-21T16:00:00.000Z'],
  ['2026年4月18日至4月21日17:00', '2026-04-21T09:00:00.000Z'],
  ['公示3日', '2026-04-21T16:00:00.000Z'],
  [undefined, '2026-04-21T16:00:00.000Z'],
])('the publicity period %s ends %s', (text, end) => {
  expect(publicityEnd('2026-04-18T02:00:00.000Z', text)).toBe(end);
});
