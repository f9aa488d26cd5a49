export * from './notices.ts';
export * from './sources.ts';
