import { type Config, ConfigError, getConfig } from '#src/server/config.ts';
import { onOrphaned, onStop } from './child.ts';
import { type Command, claim } from './claims.ts';
import { LockedError } from './lock.ts';
import { Services, StartError } from './services.ts';

/**
 * Runs the product in this process's data directory until it is told to stop: takes what `command` needs, calls `serve`, and on a
 * signal, on the parent's death or when a service gives up, stops everything and gives it back.
 */
export async function runLocked(
  command: Command,
  serve: (services: Services, config: Config) => Promise<void>,
): Promise<void> {
  try {
    const config = getConfig();
    const release = await claim(command, config.DATA_DIR);
    const services = new Services(config, () => void stopAll(1));
    let stopped: Promise<void> | undefined;
    const stopAll = async (code: number) => {
      stopped ??= services.stop().then(release);
      await stopped;
      process.exit(code);
    };
    onStop(() => {
      console.log('Stopping …');
      return stopAll(0);
    });
    onOrphaned(() => void stopAll(0));
    await serve(services, config).catch(async (error: unknown) => {
      if (stopped) return;
      report(error);
      await stopAll(1);
    });
  } catch (error) {
    report(error);
    process.exit(1);
  }
}

/** What the person at the keyboard can mend in one line, the rest with where it happened. */
function report(error: unknown): void {
  const expected = [ConfigError, LockedError, StartError].some((kind) => error instanceof kind);
  console.error(expected && error instanceof Error ? error.message : error);
}
