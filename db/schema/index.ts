export * from './exposures.ts';
export * from './notices.ts';
export * from './organizations.ts';
export * from './parties.ts';
export * from './push.ts';
export * from './search.ts';
export * from './sources.ts';
export * from './subscriptions.ts';
