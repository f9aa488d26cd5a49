import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { attachmentAs, parseRange } from '#src/server/answer-file.ts';

describe('a range', () => {
  test('lies within the file, and is what was asked for', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5_000 }),
        fc.option(fc.nat(6_000)),
        fc.option(fc.nat(6_000)),
        (bytes, first, last) => {
          const found = parseRange(`bytes=${first ?? ''}-${last ?? ''}`, bytes);
          const isNone = first === null ? last === null : last !== null && first > last;
          const isWithin = first === null ? last !== 0 : first < bytes;
          const start = first ?? Math.max(0, bytes - (last ?? 0));
          const end = first === null || last === null ? bytes - 1 : Math.min(last, bytes - 1);
          expect(found).toEqual(isNone ? undefined : isWithin ? { start, end } : 'unsatisfiable');
        },
      ),
    );
  });

  test.each([null, '', 'bytes=', 'bytes=-', 'bytes=0-1,3-4', 'items=0-1', 'bytes=a-b', 'bytes= 0-1', 'bytes=-1-2'])(
    '%j is none',
    (range) => {
      expect(parseRange(range, 100)).toBeUndefined();
    },
  );
});

test('the name of a download can stand in a header, and reads back as it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }), (name) => {
      const header = attachmentAs(name);
      expect(() => new Headers({ 'content-disposition': header })).not.toThrow();
      expect(header).toMatch(/^attachment; filename="[A-Za-z0-9._-]*"; filename\*=UTF-8''[A-Za-z0-9._~%-]*$/);
      expect(decodeURIComponent(header.split("UTF-8''")[1] ?? '')).toBe(name);
    }),
  );
});
