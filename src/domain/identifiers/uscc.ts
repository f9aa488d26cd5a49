const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
/** Registering department and kind of body, then the division code of the registering office. */
const SHAPE =
  /^(?:1[1239]|2[19]|3[1-59]|4[19]|5[1239]|6[129]|7[129]|8[19]|9[123]|A[19]|N[1239]|Y1)(?:1[0-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[12])\d{4}[0-9A-Z]{10}$/;

/** Half-width, upper case, without blanks and dashes: the form in which codes are compared. */
export function normaliseUscc(text: string): string {
  return text.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase();
}

/** Is it a unified social credit code with a right check character (GB 32100-2015)? Expects the normalised form. */
export function isUscc(text: string): boolean {
  if (!SHAPE.test(text)) return false;
  let sum = 0;
  for (const [index, weight] of WEIGHTS.entries()) {
    const value = ALPHABET.indexOf(text.charAt(index));
    if (value < 0) return false;
    sum += value * weight;
  }
  return ALPHABET[(31 - (sum % 31)) % 31] === text[17];
}
