import { expect, it, vi } from 'vitest';
import { runMutants } from '#tests/mutants/run.ts';

it('a planted bug is what the tests run on, although the module was kept from a run without it', async () => {
  const print = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  try {
    expect(await runMutants({ only: ['src/domain/time/elapsed.ts'], runs: 1, seed: 1 })).toBe(0);
    expect(print.mock.calls.flat().filter((line) => String(line).startsWith('noticed'))).toHaveLength(1);
  } finally {
    print.mockRestore();
  }
});
