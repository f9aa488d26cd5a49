import { type EntryKey, type FactKey, factDefinition } from '#src/domain/facts/facts.ts';
import { parseTypedAmount } from '#src/domain/money/money.ts';
import { parseArea, type Reading, readInstant, readMoney } from './values.ts';

/**
 * A fact as a member of staff types it: what its words certainly are. Null when they are no such value: what a person states is never
 * doubtful.
 */
export function readTyped(key: FactKey | EntryKey, typed: string): Reading | null {
  const text = typed.trim();
  if (text === '') return null;
  const { kind } = factDefinition(key);
  const reading = readers[kind]?.(key, text);
  return reading && reading.doubt === undefined ? reading : null;
}

const readers: Record<string, (key: FactKey | EntryKey, text: string) => Reading | undefined> = {
  text: (_key, text) => ({ text }),
  money: (_key, text) => readSum(text),
  instant: (key, text) => readInstant({ key, label: '', value: text.replace('T', ' ') }),
  area: (_key, text) => {
    const squareMetres = parseArea(text, '平方米');
    return squareMetres === undefined ? undefined : { text, squareMetres };
  },
};

function readSum(text: string): Reading | undefined {
  const fen = parseTypedAmount(text);
  if (fen === undefined) return readMoney({ label: '', value: text });
  return fen > 0 ? { text: /[元万亿]/.test(text) ? text : `${text} 元`, fen } : undefined;
}
