import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Pixels an inch: twice as many as an SVG has, so that letters are sharp. */
const DENSITY = 144;

/** The folder of the font that pictures are drawn with. */
export function fontDirectory(): string {
  return join(
    dirname(createRequire(import.meta.url).resolve('@expo-google-fonts/noto-serif-sc/package.json')),
    '400Regular',
  );
}

let isPrepared = false;

/**
 * Tells the library that draws pictures which font there is: it looks for fonts by a file of fontconfig alone, and leaves out every
 * letter where it finds none. Before the first picture, once.
 */
function prepareFonts(): void {
  if (isPrepared) return;
  const directory = mkdtempSync(join(tmpdir(), 'tongming-fonts-'));
  const cache = join(directory, 'cache');
  mkdirSync(cache);
  const file = join(directory, 'fonts.conf');
  writeFileSync(
    file,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>${fontDirectory()}</dir><cachedir>${cache}</cachedir></fontconfig>`,
  );
  process.env.FONTCONFIG_FILE = file;
  isPrepared = true;
}

/** An SVG as PNG. @throws Error when it is no SVG */
export async function toPng(svg: string): Promise<Buffer> {
  prepareFonts();
  const { default: sharp } = await import('sharp');
  return await sharp(Buffer.from(svg), { density: DENSITY }).flatten({ background: '#ffffff' }).png().toBuffer();
}

/** Are Chinese letters drawn? A letter that no font has leaves no trace. */
export async function drawsLetters(): Promise<boolean> {
  const draw = (text: string) =>
    toPng(
      `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><text x="4" y="30" font-size="28">${text}</text></svg>`,
    );
  const [blank, letter] = await Promise.all([draw(''), draw('明')]);
  return !blank.equals(letter);
}
