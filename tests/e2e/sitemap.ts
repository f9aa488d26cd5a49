import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type APIRequestContext, type FullConfig, request } from '@playwright/test';
import { dataDirectory } from './database.ts';
import { listSamplePages, type SamplePage } from './page-types.ts';

/** What the sitemap says, read once before all tests. */
export interface Sitemap {
  /** Path of every address. */
  addresses: string[];
  /** Pages of every type. */
  samples: SamplePage[];
}

const path = () => join(dataDirectory(), 'sitemap.json');

/** Playwright's global set-up: reads the sitemap of the product under test. */
export default async function saveSitemap({ projects: [project] }: FullConfig): Promise<void> {
  const api = await request.newContext({ baseURL: project?.use.baseURL });
  const addresses = await listAddresses(api);
  const samples = await listSamplePages(api, addresses);
  await api.dispose();
  writeFileSync(path(), JSON.stringify({ addresses, samples } satisfies Sitemap));
}

/** The sitemap as it was before all tests. */
export function readSitemap(): Sitemap {
  return JSON.parse(readFileSync(path(), 'utf8')) as Sitemap;
}

/** Every address of the site, as the sitemap tells robots. */
async function listAddresses(api: APIRequestContext): Promise<string[]> {
  const addresses: string[] = [];
  for (const part of await readPart(api, '/sitemap.xml')) addresses.push(...(await readPart(api, part)));
  return addresses;
}

/** Paths of the addresses that a sitemap, or an index of sitemaps, names. */
async function readPart(api: APIRequestContext, address: string): Promise<string[]> {
  const text = await (await api.get(address)).text();
  return [...text.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, address = '']) => new URL(address).pathname);
}
