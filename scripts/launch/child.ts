/** Exit code of a process that cannot run for a reason that starting it again will not change; it has said which. */
export const FATAL_EXIT = 78;

/**
 * Calls `stop` once, on the first signal or when a parent that holds an IPC channel to this process dies; then ends
 * the process. Signals that arrive meanwhile (a terminal sends one to every process, npm another) change nothing.
 */
export function onStop(stop: () => Promise<void> | void): void {
  let stopping = false;
  const once = async () => {
    if (stopping) return;
    stopping = true;
    try {
      await stop();
      process.exit(0);
    } catch (error) {
      console.error(error);
      process.exit(1);
    }
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, once);
  if (process.channel) process.on('disconnect', once);
}

/** Calls `stop` when the parent process dies without telling (no IPC channel: an npm that was killed, a closed shell). */
export function onOrphaned(stop: () => void): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) stop();
  }, 500).unref();
}

/** Tells the supervising parent that this process serves; `message` is what it wants to know, e.g. an address. */
export function reportReady(message: string): void {
  process.send?.(message);
}
