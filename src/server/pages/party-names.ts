import type { NoticeFilter } from '#src/domain/notices/notice-filter.ts';
import { currentReader } from '../reads/current.ts';
import { read } from '../reads/reader.ts';

/** A full name that a filter by a part of it may mean, with its notices in that role. */
export interface PartyName {
  key: PartyFilter;
  name: string;
  notices: number;
}

const PARTY_FILTERS = ['buyer', 'supplier', 'agency'] as const satisfies (keyof NoticeFilter)[];
type PartyFilter = (typeof PARTY_FILTERS)[number];
const MOST_NAMES = 6;

/**
 * Full names that the filters by buyer, supplier and agency are a part of, those with the most notices first: such a filter takes a
 * full name, and people know a part. Only on the first page of a list.
 */
export async function listPartyNames(filter: NoticeFilter): Promise<PartyName[]> {
  if (filter.cursor) return [];
  return (await Promise.all(PARTY_FILTERS.map((key) => listNames(filter, key)))).flat();
}

async function listNames(filter: NoticeFilter, key: PartyFilter): Promise<PartyName[]> {
  const part = filter[key];
  if (!part) return [];
  const { items } = await read(currentReader(), 'listOrganizations', { q: part, role: key, limit: MOST_NAMES });
  return items.filter(({ name }) => name !== part).map(({ name, notices }) => ({ key, name, notices }));
}
