export * from './notices.ts';
export * from './search.ts';
export * from './sources.ts';
