/** What every list answers, as far as walking it goes. */
interface Page<Item> {
  items: Item[];
  next: string | null;
}

/** The pages of a list from its first to its last, each read when it is asked for. */
export async function* walkPages<Item>(
  readPage: (cursor: string | undefined) => Page<Item> | Promise<Page<Item>>,
): AsyncGenerator<Item[]> {
  let cursor: string | undefined;
  do {
    const page = await readPage(cursor);
    yield page.items;
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
}
