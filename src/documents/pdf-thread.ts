/** Sets one document after the other as PDF on a thread of its own. See `pdf.ts`. */
import { parentPort } from 'node:worker_threads';
import { type PrintedDocument, UnprintableError } from './model.ts';
import { renderPdfHere } from './pdf-here.ts';

export interface PdfTask {
  number: number;
  document: PrintedDocument;
}

/** What became of a task. */
export type PdfReply = { number: number } & (
  | { bytes: Uint8Array<ArrayBuffer> }
  | { message: string; isUnprintable: boolean }
);

async function reply({ number, document }: PdfTask): Promise<PdfReply> {
  try {
    return { number, bytes: await renderPdfHere(document) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { number, message, isUnprintable: error instanceof UnprintableError };
  }
}

parentPort?.on('message', (task: PdfTask) => {
  void reply(task).then((answer) => parentPort?.postMessage(answer, 'bytes' in answer ? [answer.bytes.buffer] : []));
});
