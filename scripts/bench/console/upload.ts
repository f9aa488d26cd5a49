import { once } from 'node:events';
import { request } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

const MB = 1024 * 1024;
const BOUNDARY = 'bench-of-uploads';

/** A sound recording of silence (WAV), megabyte by megabyte: never in memory whole. */
function* silence(megabytes: number): Generator<Buffer> {
  const bytes = megabytes * MB;
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(bytes - 8, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(8_000, 24);
  header.writeUInt32LE(16_000, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(bytes - 44, 40);
  yield header;
  const block = Buffer.alloc(MB);
  for (let sent = 0; sent < megabytes; sent++) yield sent === 0 ? block.subarray(44) : block;
}

/** Sends a recording of so many megabytes as a form does; `number` makes it unlike others. Returns the status and why it was refused. */
export async function upload(
  address: string,
  headers: Record<string, string>,
  megabytes: number,
): Promise<{ status: number; refused: string | null }> {
  const head = `--${BOUNDARY}\r\ncontent-disposition: form-data; name="file"; filename="${megabytes}.wav"\r\ncontent-type: audio/wav\r\n\r\n`;
  const tail = `\r\n--${BOUNDARY}--\r\n`;
  const length = head.length + megabytes * MB + tail.length;
  const sending = request(address, {
    method: 'POST',
    headers: {
      ...{ ...headers, accept: 'application/json', 'content-length': length },
      'content-type': `multipart/form-data; boundary=${BOUNDARY}`,
    },
  });
  const answered = once(sending, 'response');
  const body = function* () {
    yield Buffer.from(head);
    yield* silence(megabytes);
    yield Buffer.from(tail);
  };
  // Whoever is refused before the end is not listened to any more.
  const sent = pipeline(Readable.from(body()), sending).catch(() => undefined);
  const [response] = (await answered) as [import('node:http').IncomingMessage];
  const text = Buffer.concat(await response.toArray()).toString('utf8');
  await sent;
  const said = JSON.parse(text) as { refused?: string | null; detail?: string };
  return { status: response.statusCode ?? 0, refused: said.refused ?? said.detail ?? null };
}
