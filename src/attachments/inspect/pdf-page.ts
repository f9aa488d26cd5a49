import type { FindingKind } from '#src/domain/attachments/findings.ts';
import {
  type Box,
  IDENTITY,
  type Matrix,
  multiply,
  rectangleOf,
  scaleOf,
  shareWithin,
  transformBox,
} from './pdf-matrix.ts';

/** What a page paints, as PDF.js lists it. */
export interface Operations {
  fnArray: readonly number[];
  argsArray: readonly unknown[];
}

/** Text of a page that a reader may not see, by why. */
export interface PageReading {
  text: string;
  hidden: Map<FindingKind, string>;
  /** Whether a picture fills most of the page. */
  hasPicture: boolean;
}

interface State {
  ctm: Matrix;
  color: string;
  alpha: number;
  fontSize: number;
  scale: number;
  charSpacing: number;
  wordSpacing: number;
  leading: number;
  rise: number;
  mode: number;
}

interface Glyph {
  unicode: string;
  width: number;
  isSpace: boolean;
}

interface Piece {
  text: string;
  box: Box;
  size: number;
  color: string;
  alpha: number;
  mode: number;
  isSwitchedOff: boolean;
  order: number;
}

interface Paint {
  box: Box;
  /** '' for a picture. */
  color: string;
  order: number;
}

/** Points (1/72 inch): smaller text is a speck. */
const TINY_POINTS = 2;
const MOSTLY = 0.8;
/** Text behind what lets light through can be read. */
const OPAQUE = 0.7;
const INVISIBLE_MODES = new Set([3, 7]);

/** Whether a layer (optional content) is shown. */
export type IsShown = (group: unknown) => boolean;

/** Reads what a page paints, in the order in which it does: what stands beneath what, and where. */
export function readPage(
  operations: Operations,
  names: ReadonlyMap<number, string>,
  view: Box,
  isShown: IsShown,
): PageReading {
  const painter = new Painter(isShown);
  operations.fnArray.forEach((operation, index) => {
    const args = operations.argsArray[index];
    painter.paint(names.get(operation) ?? '', Array.isArray(args) ? args : []);
  });
  return judge(painter.pieces, painter.paints, view);
}

const numbers = (args: readonly unknown[]): number[] => args.map(Number);
const toMatrix = (value: unknown): Matrix | undefined => {
  const list = Array.isArray(value) || ArrayBuffer.isView(value) ? Array.from(value as ArrayLike<number>) : [];
  return list.length === 6 ? (list as unknown as Matrix) : undefined;
};

class Painter {
  readonly pieces: Piece[] = [];
  readonly paints: Paint[] = [];
  readonly #isShown: IsShown;
  readonly #stack: State[] = [];
  readonly #marked: boolean[] = [];
  #order = 0;
  #text: Matrix = IDENTITY;
  #line: Matrix = IDENTITY;
  #state: State = {
    ctm: IDENTITY,
    color: '#000000',
    alpha: 1,
    fontSize: 0,
    scale: 1,
    charSpacing: 0,
    wordSpacing: 0,
    leading: 0,
    rise: 0,
    mode: 0,
  };

  constructor(isShown: IsShown) {
    this.#isShown = isShown;
  }

  paint(name: string, args: readonly unknown[]): void {
    this.#order++;
    if (name.startsWith('paintImage') || name.startsWith('paintInline')) {
      if (!name.includes('Mask')) this.#cover({ left: 0, bottom: 0, right: 1, top: 1 }, '');
      return;
    }
    if (/^show/i.test(name) || name.startsWith('nextLine')) this.#showText(name, args);
    else this.#setState(name, args) || this.#setText(name, args) || this.#setStructure(name, args);
  }

  #setState(name: string, args: readonly unknown[]): boolean {
    const [first] = args;
    if (name === 'save') this.#stack.push({ ...this.#state });
    else if (name === 'restore') this.#state = this.#stack.pop() ?? this.#state;
    else if (name === 'transform') this.#transform(args);
    else if (name.startsWith('setFill'))
      this.#state.color = typeof first === 'string' ? first.toLowerCase() : 'pattern';
    else if (name === 'setGState') this.#setAlpha(first);
    else if (name === 'constructPath') this.#fill(args);
    else return false;
    return true;
  }

  #setText(name: string, args: readonly unknown[]): boolean {
    const [first = 0, second = 0] = numbers(args);
    if (name === 'beginText') this.#text = this.#line = IDENTITY;
    else if (name === 'setFont') this.#state.fontSize = second;
    else if (name === 'setTextMatrix') this.#text = this.#line = toMatrix(args[0]) ?? toMatrix(args) ?? IDENTITY;
    else if (name === 'moveText') this.#move(first, second);
    else if (name === 'setLeadingMoveText') {
      this.#state.leading = -second;
      this.#move(first, second);
    } else if (name === 'setTextRenderingMode') this.#state.mode = first;
    else if (name === 'setCharSpacing') this.#state.charSpacing = first;
    else if (name === 'setWordSpacing') this.#state.wordSpacing = first;
    else if (name === 'setHScale') this.#state.scale = first / 100;
    else if (name === 'setLeading') this.#state.leading = -first;
    else if (name === 'setTextRise') this.#state.rise = first;
    else return false;
    return true;
  }

  #setStructure(name: string, args: readonly unknown[]): void {
    if (name === 'paintFormXObjectBegin') {
      this.#stack.push({ ...this.#state });
      this.#transform(toMatrix(args[0]) ?? IDENTITY);
    } else if (name === 'paintFormXObjectEnd') this.#state = this.#stack.pop() ?? this.#state;
    else if (name === 'beginMarkedContent') this.#marked.push(false);
    else if (name === 'beginMarkedContentProps') this.#marked.push(args[0] === 'OC' && !this.#isShown(args[1]));
    else if (name === 'endMarkedContent') this.#marked.pop();
  }

  #transform(args: readonly unknown[]): void {
    const matrix = toMatrix(args);
    if (matrix) this.#state.ctm = multiply(this.#state.ctm, matrix);
  }

  #setAlpha(settings: unknown): void {
    if (!Array.isArray(settings)) return;
    for (const setting of settings) {
      if (Array.isArray(setting) && setting[0] === 'ca') this.#state.alpha = Number(setting[1]);
    }
  }

  #fill([operation, data]: readonly unknown[]): void {
    // Numbers of the operators that fill: 22 to 27 (fill, eoFill, fillStroke, eoFillStroke, and those that close first).
    if (Number(operation) < 22 || Number(operation) > 27 || !Array.isArray(data)) return;
    const path: unknown = data[0];
    const box = ArrayBuffer.isView(path) || Array.isArray(path) ? rectangleOf(path as ArrayLike<number>) : undefined;
    if (box) this.#cover(box, this.#state.color);
  }

  #cover(box: Box, color: string): void {
    if (this.#state.alpha < OPAQUE || this.#marked.some(Boolean)) return;
    this.paints.push({ box: transformBox(this.#state.ctm, box), color, order: this.#order });
  }

  #move(x: number, y: number): void {
    this.#line = multiply(this.#line, [1, 0, 0, 1, x, y]);
    this.#text = this.#line;
  }

  #showText(name: string, args: readonly unknown[]): void {
    if (name.startsWith('nextLine')) this.#move(0, this.#state.leading);
    const glyphs = args.find((arg) => Array.isArray(arg));
    if (!Array.isArray(glyphs)) return;
    const { fontSize, scale, rise, ctm, color, alpha, mode } = this.#state;
    const { text, width } = this.#measure(glyphs as (Glyph | number)[]);
    const matrix = multiply(ctm, this.#text);
    const box = transformBox(matrix, { left: 0, bottom: rise, right: width, top: rise + Math.abs(fontSize) * 0.7 });
    const size = Math.abs(fontSize) * scaleOf(matrix);
    const isSwitchedOff = this.#marked.some(Boolean);
    this.pieces.push({ text, box, size, color, alpha, mode, isSwitchedOff, order: this.#order });
    this.#text = multiply(this.#text, [1, 0, 0, 1, width * (scale === 0 ? 0 : 1), 0]);
  }

  #measure(glyphs: readonly (Glyph | number | null)[]): { text: string; width: number } {
    const { fontSize, scale, charSpacing, wordSpacing } = this.#state;
    let text = '';
    let width = 0;
    for (const glyph of glyphs) {
      if (typeof glyph === 'number') width -= (glyph / 1_000) * fontSize * scale;
      else if (glyph) {
        text += glyph.unicode;
        width += ((glyph.width / 1_000) * fontSize + charSpacing + (glyph.isSpace ? wordSpacing : 0)) * scale;
      }
    }
    return { text, width };
  }
}

function judge(pieces: readonly Piece[], paints: readonly Paint[], view: Box): PageReading {
  const hidden = new Map<FindingKind, string>();
  let text = '';
  let last: Piece | undefined;
  for (const piece of pieces) {
    const isNewLine = last !== undefined && Math.abs(last.box.bottom - piece.box.bottom) > last.size * 0.5;
    text += isNewLine ? `\n${piece.text}` : piece.text;
    last = piece;
    const kind = piece.text.trim() === '' ? undefined : whyHidden(piece, paints, view);
    if (kind) hidden.set(kind, `${hidden.get(kind) ?? ''}${piece.text}`);
  }
  const hasPicture = paints.some(({ box, color }) => color === '' && shareWithin(view, box) > 0.5);
  return { text: text === '' ? '' : `${text}\n`, hidden, hasPicture };
}

function whyHidden(piece: Piece, paints: readonly Paint[], view: Box): FindingKind | undefined {
  const { box, size, color, alpha, mode, isSwitchedOff, order } = piece;
  if (INVISIBLE_MODES.has(mode) || alpha < 0.05 || isSwitchedOff) return 'invisibleText';
  if (size < TINY_POINTS) return 'tinyText';
  if (shareWithin(box, view) < 1 - MOSTLY) return 'offPageText';
  const covers = paints.filter((paint) => shareWithin(box, paint.box) > MOSTLY);
  if (covers.some((paint) => paint.order > order)) return 'coveredText';
  if (!isWhite(color)) return undefined;
  const beneath = covers.findLast((paint) => paint.order < order);
  return beneath === undefined || isWhite(beneath.color) ? 'whiteText' : undefined;
}

const isWhite = (color: string): boolean => /^#f[a-f0-9]f[a-f0-9]f[a-f0-9]$/.test(color);
