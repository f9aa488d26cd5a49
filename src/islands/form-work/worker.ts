import { sha256 } from '@noble/hashes/sha2.js';
import { leadingZeroBits, workText } from '#src/domain/participation/work.ts';

/** Looks for the number that a form's token asks for. */
addEventListener('message', ({ data: { token, bits } }: MessageEvent<{ token: string; bits: number }>) => {
  const encoder = new TextEncoder();
  let solution = 0;
  while (leadingZeroBits(sha256(encoder.encode(workText(token, solution)))) < bits) solution++;
  postMessage(String(solution));
});
