/** Milliseconds that a task takes. */
export async function time(task: () => void | Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await task();
  return performance.now() - startedAt;
}
