import { z } from 'zod';
import { MOMENT_PRECISIONS } from '../time/moment.ts';
import { ENTRY_ONLY, FACT_KEYS, FACTS, type FactEntry, type Facts, type FactValue } from './facts.ts';

const single = {
  text: z.string().min(1).max(50_000),
  fen: z.int().min(0).optional(),
  squareMetres: z.number().min(0).optional(),
  instant: z.iso.datetime().optional(),
  precision: z.enum(MOMENT_PRECISIONS).optional(),
};
const ENTRY_KEYS = [...Object.keys(FACTS), ...Object.keys(ENTRY_ONLY)] as [string, ...string[]];

/** Facts that whoever wrote a notice gave as such: values alone, without the places and doubts of a reading. */
export const GIVEN_FACTS = z.partialRecord(
  z.enum(FACT_KEYS as [string, ...string[]]),
  z.strictObject({
    ...single,
    entries: z
      .array(z.partialRecord(z.enum(ENTRY_KEYS), z.strictObject(single)))
      .max(500)
      .optional(),
  }),
);

/** The same facts with every text changed, those of rows included. */
export function mapFactTexts(facts: Facts, change: (text: string) => string): Facts {
  const value = (fact: FactValue): FactValue => ({
    ...fact,
    text: change(fact.text),
    ...(fact.entries ? { entries: fact.entries.map((entry) => mapValues(entry, value) as FactEntry) } : {}),
  });
  return mapValues(facts, value);
}

/** Every text of facts, those of rows included. */
export function listFactTexts(facts: Facts): string[] {
  const texts: string[] = [];
  mapFactTexts(facts, (text) => {
    texts.push(text);
    return text;
  });
  return texts;
}

function mapValues<Key extends string>(
  values: Partial<Record<Key, FactValue>>,
  change: (value: FactValue) => FactValue,
): Partial<Record<Key, FactValue>> {
  const changed = Object.entries<FactValue | undefined>(values).map(([key, value]) => [key, value && change(value)]);
  return Object.fromEntries(changed) as Partial<Record<Key, FactValue>>;
}
