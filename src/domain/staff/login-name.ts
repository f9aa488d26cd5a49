/** Login names: lower-case letters, digits, dots and hyphens, beginning with a letter. */
const LOGIN_NAME = /^[a-z][a-z0-9.-]{2,31}$/;

/** A login name in the form in which it is stored and compared; null for what is none. */
export function toLoginName(text: string): string | null {
  const plain = text.normalize('NFKC').trim().toLowerCase();
  return LOGIN_NAME.test(plain) ? plain : null;
}
