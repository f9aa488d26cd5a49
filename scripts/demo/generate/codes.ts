import type { Random } from './random.ts';

const USCC_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const USCC_WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];
const ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** The check character of an 8-character organisation code (GB 11714). */
function organisationCheck(body: string): string {
  const sum = [...body].reduce(
    (total, character, index) => total + Number.parseInt(character, 36) * (ORGANISATION_WEIGHTS[index] ?? 0),
    0,
  );
  const check = 11 - (sum % 11);
  return check === 10 ? 'X' : check === 11 ? '0' : String(check);
}

/** A well-formed unified social credit code (GB 32100) of a fictional company; `MA00` serials were never issued. */
export function makeCreditCode(random: Random, regionCode: string, kind: '91' | '12' = '91'): string {
  const body = `${kind === '91' ? 'MA' : 'MB'}00${random.digits(4)}`;
  const head = `${kind}${regionCode}${body}${organisationCheck(body)}`;
  const sum = [...head].reduce(
    (total, character, index) => total + USCC_ALPHABET.indexOf(character) * (USCC_WEIGHTS[index] ?? 0),
    0,
  );
  return `${head}${USCC_ALPHABET[(31 - (sum % 31)) % 31]}`;
}

/** An identity-card number with a valid check digit in division 370899, which does not exist. For redaction only. */
export function makeIdNumber(random: Random): string {
  const head = `37089919000101${random.digits(3)}`;
  const sum = [...head].reduce((total, digit, index) => total + Number(digit) * (ID_WEIGHTS[index] ?? 0), 0);
  return `${head}${'10X98765432'[sum % 11]}`;
}

/** An office landline. No Chinese number begins with 000, so it reaches nobody. */
export function makeLandline(random: Random): string {
  return `0537-000${random.digits(4)}`;
}

/** A mobile in the block around the number that manuals print as an example. */
export function makeMobile(random: Random): string {
  return `1380013${random.digits(4)}`;
}
