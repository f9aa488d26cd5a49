import { readFileSync } from 'node:fs';
import { mergeConfig } from 'vitest/config';
import base from '../../vitest.config.ts';
import type { Mutant } from './plant.ts';

/** Environment variable: the file and the mutant in it that this run tests, as JSON. Nothing is written to the source itself. */
const { path, mutant } = JSON.parse(process.env.MUTANT ?? '{}') as { path?: string; mutant?: Mutant };

export default mergeConfig(base, {
  // The mutant comes in by a plugin, which Node itself knows nothing of. A module kept from another run is the one without the mutant: the
  // cache knows files by their own text.
  test: { fsModuleCache: false, experimental: { viteModuleRunner: true } },
  plugins: [
    {
      name: 'mutant',
      enforce: 'pre',
      load(id: string) {
        if (!mutant || id !== path) return undefined;
        const source = readFileSync(path, 'utf8');
        return source.slice(0, mutant.start) + mutant.text + source.slice(mutant.end);
      },
    },
  ],
});
