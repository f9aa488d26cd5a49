const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_CHARACTERS = '10X98765432';
/** First two digits of division codes (GB/T 2260); 83 is used for residents of Taiwan. */
const PROVINCES = new Set(
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83'.split(' '),
);

/**
 * Is it a citizen identity number (GB 11643-1999): 17 digits and a check character (ISO 7064 mod 11-2, `X` = 10),
 * with a province that exists and a birth day on the calendar from 1850 on? Half-width characters only.
 */
export function isIdCardNumber(text: string): boolean {
  if (!/^\d{17}[\dXx]$/.test(text) || !PROVINCES.has(text.slice(0, 2))) return false;
  if (!isBirthDay(text.slice(6, 10), text.slice(10, 12), text.slice(12, 14))) return false;
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(text[index]), 0);
  return CHECK_CHARACTERS[sum % 11] === text[17]?.toUpperCase();
}

/** Could it be an identity number of before 1999: 15 digits, no check character, a birth day in 1900–1999? */
export function isOldIdCardNumber(text: string): boolean {
  if (!/^\d{15}$/.test(text) || !PROVINCES.has(text.slice(0, 2))) return false;
  return isBirthDay(`19${text.slice(6, 8)}`, text.slice(8, 10), text.slice(10, 12));
}

/** Year of birth in an 18-character identity number. */
export function birthYearOf(idCard: string): number {
  return Number(idCard.slice(6, 10));
}

function isBirthDay(year: string, month: string, day: string): boolean {
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  const exists = date.getUTCMonth() + 1 === Number(month) && date.getUTCDate() === Number(day);
  return exists && Number(year) >= 1850 && Number(year) < 2100;
}
