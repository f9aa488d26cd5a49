import type { IncomingMessage } from 'node:http';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Busboy, type BusboyFileStream, type BusboyInstance } from '@fastify/busboy';
import { InputError } from '#src/domain/errors.ts';
import { draftFilesUrl, exposureDraftUrl, signInUrl } from '#src/domain/staff/urls.ts';
import type { Console } from '#src/staff/console.ts';
import type { Receive } from '../http-server/handler.ts';
import { assertBodyLength, BodyTooLargeError } from '../http-server/request-body.ts';
import { toClient } from './client.ts';
import { readCookie, SESSION_COOKIE } from './cookies.ts';

const PATH = /^\/staff\/(drafts|exposures)\/([A-Za-z0-9-]{1,60})\/upload$/;
/** What a form adds to its file. */
const FORM_BYTES = 64 * 1024;
const MOST_FIELDS = 10;

/** What became of the file: why it was refused, if it was. */
interface Taken {
  refused: string | null;
}

/**
 * Takes a file in for a draft of a notice or of an entry, as a stream, from whoever is signed in and may. A script is told in JSON how it
 * went; others see the page.
 */
export function createUploadEndpoint({
  desk,
  attachments,
  evidence,
}: Pick<Console, 'desk' | 'attachments' | 'evidence'>): Receive {
  return async (request, client) => {
    const [, of, id = ''] = PATH.exec(request.url ?? '') ?? [];
    const [receiver, next] =
      of === 'exposures' ? [evidence, exposureDraftUrl(id)] : ([attachments, draftFilesUrl(id)] as const);
    const token = readCookie(new Request('http://staff', { headers: cookiesOf(request) }), SESSION_COOKIE);
    const from = toClient(client, request.headers['user-agent'] ?? '');
    const session = token === '' ? null : await desk.session(token, from, new Date().toISOString());
    if (!session) return seeOther(signInUrl(next));
    receiver.assertMayUpload(session, id);
    const take: Take = (name, stream) => receiver.receive(session, id, name, stream);
    const taken = await takeFile(request, take, receiver.longest() + FORM_BYTES);
    const wantsJson = (request.headers.accept ?? '').includes('application/json');
    return wantsJson ? Response.json(taken) : seeOther(next);
  };
}

const cookiesOf = ({ headers: { cookie } }: IncomingMessage): Record<string, string> =>
  cookie === undefined ? {} : { cookie };
const seeOther = (location: string): Response => new Response(null, { status: 303, headers: { location } });

type Take = (name: string, stream: AsyncIterable<Uint8Array>) => Promise<void>;

/**
 * Hands on the file of a form. One that is refused is read to its end, so that the answer can be heard.
 * @throws BodyTooLargeError before a byte is read where the client says how much comes; InputError for what is no form, or breaks off
 */
async function takeFile(request: IncomingMessage, take: Take, limit: number): Promise<Taken> {
  assertBodyLength(request, limit);
  const parser = openForm(request);
  const taken: Taken = { refused: null };
  let current: BusboyFileStream | undefined;
  let work = Promise.resolve();
  let failure: unknown;
  parser.on('file', (_field, stream, name) => {
    current = stream;
    // Whoever reads it is told of its end; until then nobody listens, and an error that nobody hears would end the process.
    stream.on('error', () => undefined);
    const hand = async () => {
      if (name) await take(name, stream);
      else taken.refused = '请选择一个文件';
    };
    work = hand()
      .catch((error: unknown) => {
        if (error instanceof InputError) taken.refused = error.fields.map(({ message }) => message).join('；');
        else failure = error;
      })
      .finally(() => stream.resume());
  });
  try {
    await pipeline(request, counted(limit), parser);
  } catch (error) {
    // Whoever left in the middle leaves a stream that nothing ends.
    current?.destroy(error instanceof Error ? error : undefined);
    await work;
    throw error instanceof BodyTooLargeError ? error : broken();
  }
  await work;
  if (failure !== undefined) throw failure;
  return current ? taken : { refused: '请选择一个文件' };
}

const broken = () => new InputError([{ name: 'file', message: '上传中断，没有收完' }]);

function openForm(request: IncomingMessage): BusboyInstance {
  try {
    const headers = { ...request.headers, 'content-type': request.headers['content-type'] ?? '' };
    return new Busboy({ headers, limits: { files: 1, fields: MOST_FIELDS, fieldSize: 1_000, parts: MOST_FIELDS } });
  } catch {
    throw new InputError([{ name: 'file', message: '请用页面上的表单上传' }]);
  }
}

/** Passes so many bytes on, and no more. */
function counted(limit: number): Transform {
  let size = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      if (size > limit) done(new BodyTooLargeError());
      else done(null, chunk);
    },
  });
}
