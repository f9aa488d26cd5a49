/** Money is an integer number of fen 分 (1 CNY 元 = 100 fen). */
export type Fen = number;

const FEN_PER_YUAN = 100;
const FEN_PER_WAN = 1_000_000;
const FEN_PER_YI = 10_000_000_000;

/** Groups an unsigned decimal integer by thousands. */
function group(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `1,234,567.80 元`: exact, for facts tables. */
export function formatYuan(fen: Fen): string {
  const sign = fen < 0 ? '-' : '';
  const absolute = Math.abs(fen);
  const whole = group(String(Math.floor(absolute / FEN_PER_YUAN)));
  return `${sign}${whole}.${String(absolute % FEN_PER_YUAN).padStart(2, '0')} 元`;
}

/** Short form for lists: `123.46 万元`, `1.23 亿元`, or exact yuan below 10,000. Rounded for reading only. */
export function formatAmount(fen: Fen): string {
  const absolute = Math.abs(fen);
  if (absolute >= FEN_PER_YI) return `${trimZeros(fen / FEN_PER_YI)} 亿元`;
  if (absolute >= FEN_PER_WAN) return `${trimZeros(fen / FEN_PER_WAN)} 万元`;
  return `${trimZeros(fen / FEN_PER_YUAN)} 元`;
}

function trimZeros(value: number): string {
  const [whole = '0', fraction = ''] = value.toFixed(2).split('.');
  const kept = fraction.replace(/0+$/, '');
  const sign = whole.startsWith('-') ? '-' : '';
  return `${sign}${group(whole.replace('-', ''))}${kept ? `.${kept}` : ''}`;
}

/** Decimal yuan text with two places (`1234567.80`), for APIs and exports. */
export function toYuanText(fen: Fen): string {
  const absolute = Math.abs(fen);
  return `${fen < 0 ? '-' : ''}${Math.floor(absolute / FEN_PER_YUAN)}.${String(absolute % FEN_PER_YUAN).padStart(2, '0')}`;
}

/** Fen from a whole or decimal number of yuan given as text; undefined when it is not an exact amount in fen. */
export function parseYuan(text: string): Fen | undefined {
  const match = /^(\d{1,13})(?:\.(\d{1,2}))?$/.exec(text);
  return match ? Number(match[1]) * FEN_PER_YUAN + Number((match[2] ?? '').padEnd(2, '0')) : undefined;
}

const PLACES = { 元: 2, 万: 6, 亿: 10 } as const;

/** Fen from an amount as people type it: `5000000`, `5,000,000`, `500万`, `1.2 亿元`; undefined when it is no exact amount in fen. */
export function parseTypedAmount(text: string): Fen | undefined {
  const match = /^(\d{1,13})(?:\.(\d{1,10}))?([万亿])?元?$/.exec(text.normalize('NFKC').replace(/[,\s]/g, ''));
  if (!match) return undefined;
  const [, whole = '', fraction = '', unit] = match;
  const places = PLACES[unit === '万' || unit === '亿' ? unit : '元'];
  const fen = Number(whole + fraction.padEnd(places, '0'));
  return fraction.length <= places && Number.isSafeInteger(fen) ? fen : undefined;
}
