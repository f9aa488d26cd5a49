import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, it } from 'vitest';
import { NEEDS } from '#scripts/launch/claims.ts';
import packageJson from '../../../package.json' with { type: 'json' };

/** Whatever `npm run` starts. */
const COMMANDS = Object.values(packageJson.scripts).flatMap(
  (line) => /scripts\/run\.mjs (\S+\.ts)/.exec(line)?.[1] ?? [],
);
const SCRIPTS = COMMANDS.map((path) => ({ name: basename(path, '.ts'), source: readFileSync(path, 'utf8') }));
/** Opens the database, or moves it. */
const USES_DATABASE = /databasePath|runLocked|restoreBackup/;
/** Looks at whether there is one, in whatever state, and says what is wrong. */
const LOOKS_ONLY = new Set(['doctor']);

it('every script says what it needs of the data directory', () => {
  expect(Object.keys(NEEDS).sort()).toEqual(SCRIPTS.map(({ name }) => name).sort());
});

it('every script that uses the database claims it under its own name, before anything else', () => {
  const users = SCRIPTS.filter(({ name, source }) => USES_DATABASE.test(source) && !LOOKS_ONLY.has(name));
  expect(users.length).toBeGreaterThan(15);
  for (const { name, source } of users) {
    expect(source, name).toMatch(new RegExp(`(?:claimOrExit|runLocked)\\('${name}'`));
    const opens = source.search(/\b(?:openDatabase|openReadOnly|webDb)\(/);
    const claims = source.search(/\b(?:claimOrExit|runLocked)\(/);
    // Functions of `keys` open it when they are called.
    if (opens >= 0 && name !== 'reindex') expect(claims, name).toBeLessThan(opens);
  }
});
