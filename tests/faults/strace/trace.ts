import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

/** Calls that change files, as SQLite uses them; `write` carries the acknowledgements. */
const WRITE_CALLS = ['pwrite64', 'write', 'fsync', 'fdatasync', 'ftruncate', 'unlink', 'rename'] as const;
export type WriteCall = (typeof WRITE_CALLS)[number];

/** One successful call of the main thread or a helper thread, in the order in which they returned. */
export interface TracedCall {
  call: WriteCall;
  /** Path or descriptor name (`pipe:[7]`). */
  target: string;
  bytes: Buffer;
  /** Offset of a pwrite64, length of an ftruncate. */
  position: number;
  /** Which call of this name it was in its thread, from 1: what strace's `when=` counts. */
  number: number;
  /** True for the thread that runs JavaScript. */
  isMain: boolean;
}

/** The command that records a program's calls with all their bytes. */
export function recordCommand(output: string): string[] {
  return ['strace', '-f', '--seccomp-bpf', '-y', '-xx', '-s', '70000', '-o', output, '-e', `trace=${WRITE_CALLS}`];
}

/**
 * The command that lets one call fail or kill its process. `when` is strace's: `7` the seventh, `7+` that and all later ones.
 * No `--seccomp-bpf` here: with it strace 6.1 silently never sends an injected signal.
 */
export function injectCommand(output: string, call: WriteCall, fault: string, when: string): string[] {
  return ['strace', '-f', '-o', output, '-e', `trace=${call}`, '-e', `inject=${call}:${fault}:when=${when}`];
}

const LINE = /^(\d+) +(\w+)\((?:\d+<([^>]*)>|"([^"]*)")(?:, "([^"]*)"(\.*), \d+)?(?:, (\d+))?\) += (-?\d+)/;
const UNFINISHED = / <unfinished \.\.\.>$/;
const RESUMED = /^(\d+) +<\.\.\. \w+ resumed>/;

/** Puts calls that another thread interrupted together again. */
async function* readLines(path: string): AsyncGenerator<string> {
  const begun = new Map<string, string>();
  for await (const line of createInterface({ input: createReadStream(path) })) {
    const pid = line.slice(0, line.indexOf(' '));
    if (UNFINISHED.test(line)) begun.set(pid, line.replace(UNFINISHED, ''));
    else if (RESUMED.test(line)) yield (begun.get(pid) ?? '') + line.replace(RESUMED, '');
    else yield line;
  }
}

const decode = (hex: string) => Buffer.from(hex.replaceAll('\\x', ''), 'hex');

/** Reads a recording; failed calls count, but are left out. @throws Error when bytes were cut off */
export async function readTrace(path: string): Promise<TracedCall[]> {
  const calls: TracedCall[] = [];
  const counts = new Map<string, number>();
  let main: string | undefined;
  for await (const line of readLines(path)) {
    main ??= line.slice(0, line.indexOf(' '));
    const [, pid, call, descriptor, name, data = '', cut, position = '0', result = '-1'] = LINE.exec(line) ?? [];
    if (!pid || !call) continue;
    if (cut) throw new Error(`the recording has cut off bytes: ${line.slice(0, 80)}`);
    const number = (counts.get(`${pid} ${call}`) ?? 0) + 1;
    counts.set(`${pid} ${call}`, number);
    if (Number(result) < 0) continue;
    calls.push({
      call: call as WriteCall,
      target: decode(descriptor ?? name ?? '').toString(),
      bytes: decode(data).subarray(0, call.includes('write') ? Number(result) : 0),
      position: Number(position),
      number,
      isMain: pid === main,
    });
  }
  return calls;
}
