import { expect, test } from 'vitest';
import { readImports, sources } from '#tests/support/imports.ts';

const WRITES = /\.(?:insert|update|delete)\(\s*(?:notices|noticeRevisions|noticeContents|noticeTexts)\s*\)/;

test('published data is written in the write core alone, and the public process holds nothing of the console', () => {
  const writers = [...sources].filter(([file, source]) => file.startsWith('src/') && WRITES.test(source));
  expect(writers.length).toBeGreaterThan(2);
  const elsewhere = writers.map(([file]) => file).filter((file) => !file.startsWith('src/publish/'));
  expect(elsewhere.filter((file) => !file.startsWith('src/ingest/'))).toEqual([]);
  const publicly = [...sources].flatMap(([file, source]) =>
    file.startsWith('src/server/') || file === 'scripts/web.ts'
      ? readImports(file, source)
          .filter(({ target, typeOnly }) => target.startsWith('src/staff/') && !typeOnly)
          .map(({ target }) => `${file} → ${target}`)
      : [],
  );
  expect(publicly).toEqual([]);
});
