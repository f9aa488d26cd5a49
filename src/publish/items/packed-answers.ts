import { deflateSync, inflateSync } from 'node:zlib';

const PREFIX = 4;

/** Detail answers as they are kept: one deflated block, each answer preceded by its length in four bytes, most significant first. */
export function packAnswers(answers: readonly Uint8Array[]): Uint8Array {
  const parts = answers.flatMap((answer) => {
    const length = Buffer.alloc(PREFIX);
    length.writeUInt32BE(answer.byteLength);
    return [length, answer];
  });
  return deflateSync(Buffer.concat(parts), { level: 1 });
}

/** The detail answers in a stored body. */
export function unpackAnswers(stored: Uint8Array): Uint8Array[] {
  const block = inflateSync(stored);
  const answers: Uint8Array[] = [];
  for (let offset = 0; offset + PREFIX <= block.length; ) {
    const end = offset + PREFIX + block.readUInt32BE(offset);
    answers.push(block.subarray(offset + PREFIX, end));
    offset = end;
  }
  return answers;
}
