import { createHash } from 'node:crypto';
import { globSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './root.ts';

const SOURCES = ['src/**', 'db/**', 'public/**', 'astro.config.mjs', 'package-lock.json', 'tsconfig.json'];
const STAMP = join(ROOT, 'dist/build.stamp');

/** SHA-256 (hex) over the paths and bytes of everything that a build reads. */
export function hashSources(): string {
  const hash = createHash('sha256');
  const files = globSync(SOURCES, { cwd: ROOT }).filter((file) => statSync(join(ROOT, file)).isFile());
  for (const file of files.sort())
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(join(ROOT, file)))
      .update('\0');
  return hash.digest('hex');
}

/** True when `dist` was built from exactly these sources. */
export function isBuilt(): boolean {
  try {
    return readFileSync(STAMP, 'utf8') === hashSources();
  } catch {
    return false;
  }
}

/** Notes which sources `dist` was built from. */
export function saveStamp(hash: string): void {
  writeFileSync(STAMP, hash);
}
