import sharp from 'sharp';

/** A picture and how long it is shown, in seconds. */
export interface Slide {
  seconds: number;
  /** CSS colour of the picture. */
  colour: string;
}

const WIDTH = 640;
const HEIGHT = 360;
const FRAMES_PER_SECOND = 2;

/** An element of EBML (RFC 8794): id, length, content. */
function element(id: string, content: Buffer): Buffer {
  const length = Buffer.alloc(8);
  length.writeBigUInt64BE(BigInt(content.length) | (1n << 56n));
  return Buffer.concat([Buffer.from(id, 'hex'), length, content]);
}
const number = (id: string, value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return element(id, bytes);
};
const float = (id: string, value: number): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(value);
  return element(id, bytes);
};
const text = (id: string, value: string): Buffer => element(id, Buffer.from(value));
const group = (id: string, ...parts: Buffer[]): Buffer => element(id, Buffer.concat(parts));

/** A key frame of VP8: what a lossy WebP is, without its wrapping (RFC 9649). */
async function toFrame({ colour }: Slide, index: number): Promise<Buffer> {
  const bar = 40 + ((index * 120) % 520);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}"><rect width="100%" height="100%" fill="${colour}"/><rect x="40" y="160" width="${bar}" height="40" fill="#ffd23f"/></svg>`;
  const webp = await sharp(Buffer.from(svg)).webp({ quality: 60 }).toBuffer();
  const at = webp.indexOf('VP8 ');
  return webp.subarray(at + 8, at + 8 + webp.readUInt32LE(at + 4));
}

/** The first picture of a film, as PNG. */
export const toPoster = ({ colour }: Slide): Promise<Buffer> =>
  sharp({ create: { width: WIDTH, height: HEIGHT, channels: 3, background: colour } })
    .png()
    .toBuffer();

/** A silent film of pictures, as WebM with VP8: small enough to be made while the demonstration is loaded. */
export async function makeFilm(slides: readonly Slide[]): Promise<Buffer> {
  const frames = await Promise.all(slides.map(toFrame));
  const shown = slides.flatMap(({ seconds }, index) =>
    Array.from({ length: seconds * FRAMES_PER_SECOND }, () => frames[index] ?? Buffer.alloc(0)),
  );
  const step = 1000 / FRAMES_PER_SECOND;
  const blocks = shown.map((frame, index) => {
    const head = Buffer.from([0x81, 0, 0, 0x80]);
    head.writeInt16BE(index * step, 1);
    return element('a3', Buffer.concat([head, frame]));
  });
  const video = group('e0', number('b0', WIDTH), number('ba', HEIGHT));
  const track = group('ae', number('d7', 1), number('73c5', 1), number('83', 1), text('86', 'V_VP8'), video);
  const info = group(
    '1549a966',
    number('2ad7b1', 1_000_000),
    float('4489', shown.length * step),
    text('4d80', 'Tongming'),
    text('5741', 'Tongming'),
  );
  return Buffer.concat([
    group(
      '1a45dfa3',
      number('4286', 1),
      number('42f7', 1),
      number('42f2', 4),
      number('42f3', 8),
      text('4282', 'webm'),
      number('4287', 2),
      number('4285', 2),
    ),
    group('18538067', info, group('1654ae6b', track), group('1f43b675', number('e7', 0), ...blocks)),
  ]);
}
