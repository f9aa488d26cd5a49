/**
 * Loaded before a service and in each of its threads: makes the test feed's adapter known, and turns the clock as the file named by
 * FAULT_CLOCK says (milliseconds ahead of the real one), which may change at any moment. Timers go on as a machine's do.
 */
import { readFileSync } from 'node:fs';
import { registerTestAdapter } from '#tests/support/test-feed.ts';

const POLL_MS = 50;
const RealDate = Date;
const path = process.env.FAULT_CLOCK ?? '';
let offset = 0;

function readOffset(): void {
  try {
    offset = Number(readFileSync(path, 'utf8'));
  } catch {
    offset = 0;
  }
}

class TurnedDate extends RealDate {
  constructor(...values: unknown[]) {
    if (values.length === 0) super(RealDate.now() + offset);
    else super(...(values as [number]));
  }

  static override now(): number {
    return RealDate.now() + offset;
  }
}

if (path !== '') {
  readOffset();
  setInterval(readOffset, POLL_MS).unref();
  globalThis.Date = TurnedDate as DateConstructor;
}
registerTestAdapter();
