import { buildSite } from '../launch/build.ts';
import { progress, type Workspace } from './workspace.ts';

/** A running web process. */
export interface Web {
  url: string;
  pid: number;
  stop: () => Promise<void>;
}

/** Builds the site when needed and starts the real web process on a data directory, on a free loopback port. */
export async function startWeb(
  workspace: Workspace,
  directory: string,
  environment: NodeJS.ProcessEnv = {},
): Promise<Web> {
  if ((await buildSite()) === 'built') progress('built the site');
  const { child, report, stop } = await workspace.startScript('scripts/web.ts', [], {
    NODE_ENV: 'production',
    DATA_DIR: directory,
    HOST: '127.0.0.1',
    PORT: '0',
    DEMO: 'false',
    LOG_LEVEL: 'warn',
    ...environment,
  });
  return { url: `http://127.0.0.1:${report}`, pid: child.pid ?? 0, stop };
}
