import type { Instant } from '#src/domain/time/time.ts';

const GUID = /(?<![0-9a-f])[0-9a-f]{8}(-?)(?:[0-9a-f]{4}\1){3}[0-9a-f]{12}(?![0-9a-f])/i;
/** Milliseconds from year 1 (UTC), where sequential GUIDs start to count, to the Unix epoch. */
const YEAR_ONE_MS = 62_135_596_800_000;
const TIME_DIGITS = 12;
/** No platform that makes such ids is older. */
const EARLIEST_MS = Date.UTC(2015, 0, 1);
const DAY_MS = 86_400_000;

/** The GUID in a text (`{…}`, a link, the id alone), with or without dashes, in lower case; undefined when there is none. */
export function findGuid(text: string): string | undefined {
  return GUID.exec(text)?.[0].toLowerCase();
}

/**
 * When the row behind a sequential GUID of ABP was made: 48 bits of milliseconds since year 1, at the front in newer versions and
 * at the end in older ones. A hint for people who compare dates, never a publication time; undefined for times before
 * 2015 or more than a day after `now` (epoch ms), which no such row can have.
 */
export function sequentialGuidTime(guid: string, now = Date.now()): Instant | undefined {
  const digits = guid.replaceAll('-', '');
  const times = [digits.slice(0, TIME_DIGITS), digits.slice(-TIME_DIGITS)].map(
    (part) => Number.parseInt(part, 16) - YEAR_ONE_MS,
  );
  const time = times.find((each) => each >= EARLIEST_MS && each <= now + DAY_MS);
  return time === undefined ? undefined : new Date(time).toISOString();
}
