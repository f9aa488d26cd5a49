import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';

/** Of every entry: the first moment that a ZIP archive can name. */
const ZIP_EPOCH = '1980-01-01T00:00:00';
/** Identifiers of relationships that are drawn by chance, where they are given: `rId` and a word; all others are numbers. */
const CHANCE_ID = /\bId="(rId(?!\d+")[\w-]+)"/g;
const MADE_AT = /<dcterms:(created|modified)\b[^>]*>[^<]*<\/dcterms:\1>/g;

/**
 * The same word processor file (OOXML) without what chance and the clock put into it, so that the same document gives the same bytes:
 * identifiers of links in the order in which they stand, no times of making, one time for all entries, which are in one order.
 */
export function toSameBytes(file: Uint8Array): Uint8Array<ArrayBuffer> {
  const entries = Object.entries(unzipSync(file)).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const isText = (name: string) => /\.(?:xml|rels)$/.test(name);
  const given = entries
    .filter(([name]) => name.endsWith('.rels'))
    .flatMap(([, bytes]) => [...strFromU8(bytes).matchAll(CHANCE_ID)].map(([, id = '']) => id));
  const written = entries.map(([name, bytes]): [string, Uint8Array] => {
    if (!isText(name)) return [name, bytes];
    const text = given.reduce((rest, id, index) => rest.replaceAll(id, `rIdLink${index + 1}`), strFromU8(bytes));
    return [name, strToU8(name === 'docProps/core.xml' ? text.replace(MADE_AT, '') : text)];
  });
  return zipSync(Object.fromEntries(written), { mtime: ZIP_EPOCH });
}
