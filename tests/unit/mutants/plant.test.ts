import { expect, it } from 'vitest';
import { listMutants } from '#tests/mutants/plant.ts';

const SOURCE = `import { a } from './a.ts';
interface Limit { days: 3 }
export function check(days: number, name: string | null): string {
  if (!name || days < 20) note(name);
  return days === 1 ? 'one' + name : (name ?? 'none');
}
`;

it('changes what a test should notice, one place at a time, and never types or imports', () => {
  expect(listMutants(SOURCE).map(({ line, change }) => `${line} ${change}`)).toEqual([
    '4 if (!name || days < 20) note(name); → if (false) note(name);',
    '4 !name || days < 20 → !name && days < 20',
    '4 !name → name',
    '4 days < 20 → days <= 20',
    '4 days < 20 → days < 21',
    '4 note(name); → ;',
    `5 days === 1 ? 'one' + name : (name ?? 'none') → true ? 'one' + name : (name ?? 'none')`,
    `5 days === 1 ? 'one' + name : (name ?? 'none') → false ? 'one' + name : (name ?? 'none')`,
    '5 days === 1 → days !== 1',
    '5 days === 1 → days === 2',
    `5 name ?? 'none' → 'none'`,
  ]);
});

it('says which text stands where', () => {
  const [first] = listMutants('export const isOpen = (end: number, now: number) => end > now;');
  expect(first).toMatchObject({ text: '>=', line: 1, change: 'end > now → end >= now' });
  expect(first?.start).toBe(56);
});
