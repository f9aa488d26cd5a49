/** What a browser is asked to do while a form is filled in: find a number whose hash with the token begins with so many zero bits. */
export const workText = (token: string, solution: number | string): string => `${token}:${solution}`;

/** Zero bits at the beginning of a hash. */
export function leadingZeroBits(hash: Uint8Array): number {
  const first = hash.findIndex((byte) => byte !== 0);
  return first === -1 ? hash.length * 8 : first * 8 + Math.clz32(hash[first] ?? 0) - 24;
}
