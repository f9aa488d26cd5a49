import { Worker } from 'node:worker_threads';
import { type PrintedDocument, UnprintableError } from './model.ts';
import type { PdfReply, PdfTask } from './pdf-thread.ts';

const ENTRY = new URL('./pdf-thread.ts', import.meta.url);
/** Milliseconds after which a thread without work ends and gives its fonts back. */
const IDLE_MS = 60_000;
/** Milliseconds for one document, waiting included. */
const LIMIT_MS = 30_000;

interface Waiting {
  resolve(bytes: Uint8Array<ArrayBuffer>): void;
  reject(error: Error): void;
}

let worker: Worker | undefined;
let idle: NodeJS.Timeout | undefined;
let count = 0;
const waiting = new Map<number, Waiting>();

/**
 * The document as a tagged PDF (PDF/UA-1); the same document gives the same bytes. It is set on a thread of its own, one after the other,
 * so that whoever asks goes on answering. For processes (console, worker, commands): pages of the public site have it done by the job
 * `renderPdf` of `src/server/reads`, since what is built for them has no threads.
 * @throws UnprintableError for a character that our fonts lack; Error when it takes longer than half a minute
 */
export async function renderPdf(document: PrintedDocument): Promise<Uint8Array<ArrayBuffer>> {
  const number = ++count;
  worker ??= startWorker();
  clearTimeout(idle);
  const timer = setTimeout(() => fail(new Error('setting a PDF took too long')), LIMIT_MS);
  try {
    return await new Promise((resolve, reject) => {
      waiting.set(number, { resolve, reject });
      worker?.postMessage({ number, document } satisfies PdfTask);
    });
  } finally {
    clearTimeout(timer);
    waiting.delete(number);
    if (waiting.size === 0) idle = setTimeout(stop, IDLE_MS).unref();
  }
}

function startWorker(): Worker {
  const started = new Worker(ENTRY);
  started.unref();
  started.on('message', (reply: PdfReply) => {
    const asked = waiting.get(reply.number);
    if ('bytes' in reply) asked?.resolve(reply.bytes);
    else asked?.reject(reply.isUnprintable ? new UnprintableError(reply.message) : new Error(reply.message));
  });
  started.on('error', (error) => fail(error instanceof Error ? error : new Error(String(error))));
  return started;
}

/** Everybody who waits for the thread hears that it failed; the next document gets a new one. */
function fail(error: Error): void {
  stop();
  for (const { reject } of waiting.values()) reject(error);
}

function stop(): void {
  void worker?.terminate();
  worker = undefined;
}
