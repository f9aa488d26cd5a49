import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './root.ts';
import { hashSources, isBuilt, saveStamp } from './stamp.ts';

/**
 * Builds the site when its sources differ from those of the last build.
 * @throws Error with the build's output when it fails.
 */
export async function buildSite(options: { force?: boolean; signal?: AbortSignal } = {}): Promise<'built' | 'current'> {
  if (!options.force && isBuilt()) return 'current';
  const hash = hashSources();
  rmSync(join(ROOT, 'dist/build.stamp'), { force: true });
  const child = spawn(process.execPath, [join(ROOT, 'node_modules/astro/bin/astro.mjs'), 'build'], {
    cwd: ROOT,
    env: { ...process.env, NODE_ENV: 'production', ASTRO_TELEMETRY_DISABLED: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
    signal: options.signal,
  });
  const output: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => output.push(chunk));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`The build failed:\n${Buffer.concat(output).toString('utf8')}`);
  saveStamp(hash);
  return 'built';
}
