import { load } from 'cheerio';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toXmlText } from '#src/server/feeds/entry-text.ts';
import type { FeedEntry } from '#src/server/feeds/list.ts';
import { formatFeed } from '#src/server/feeds/syndication.ts';
import { SEED_NOW, toSeedNotice } from '#tests/support/seed-notices.ts';

const site = { url: 'https://portal.example', name: '通明' };

/** What a reader shows as the title of the one entry of an Atom feed (RFC 4287 §3.1.1): text as it is, HTML as a browser shows it. */
function shownTitle(xml: string): string {
  const title = load(xml, { xml: true })('entry > title');
  return title.attr('type') === 'html' ? load(title.text(), null, false).text() : title.text();
}

test('a title shows in Atom what it says, whatever it looks like', () => {
  const piece = fc.constantFrom(
    '<b>',
    '</b>',
    '&',
    '&lt;',
    '&amp;lt;',
    '<script>x</script>',
    ']]>',
    '工程',
    '"',
    '<',
    '甲',
  );
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1, maxLength: 6 }), (pieces) => {
      const title = `桥${pieces.join('')}梁`;
      const entry = {
        ...toSeedNotice(1),
        title,
        tenderers: [],
        superseded: null,
        closesAt: null,
        updatedAt: SEED_NOW,
        excerpt: '',
      } as unknown as FeedEntry;
      const feed = formatFeed('atom', {
        site,
        filter: { category: 'land' },
        entries: [entry],
        asOf: SEED_NOW,
      } as never);
      expect(shownTitle(feed)).toBe(toXmlText(title));
    }),
  );
});
