import { commandActor } from '#src/domain/actors.ts';
import type { WriteContext } from '#src/domain/changes.ts';

/** In whose name tests write. */
export const TESTER = commandActor('test', 'tester');

/** A write by a test, at an instant or now. */
export const byTester = (now = new Date().toISOString()): WriteContext => ({ actor: TESTER, now });
