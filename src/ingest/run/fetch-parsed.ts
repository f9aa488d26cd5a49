import { FeedFormatError } from '#src/formats/format-error.ts';
import type { FeedAnswer, Validators } from '../fetch.ts';
import type { FeedRequest, ParseContext } from '../types.ts';
import type { RunContext } from './context.ts';
import { renewSession, withSession } from './session.ts';

const PARSE_ATTEMPTS = 2;

/**
 * Fetches and parses. An answer of the wrong shape is fetched once more: sites serve an error page now and then, and so
 * do sessions that have run out.
 */
export async function fetchParsed<T>(
  run: RunContext,
  request: FeedRequest,
  parse: (answer: FeedAnswer, context: ParseContext<unknown>) => T | Promise<T>,
  validators?: Validators,
): Promise<{ answer: FeedAnswer; parsed: T | undefined }> {
  for (let tried = 1; ; tried++) {
    try {
      const asked = withSession(run, request);
      const answer = await run.options.fetcher.get(asked, { validators, signal: run.options.signal });
      if (answer.notModified) return { answer, parsed: undefined };
      const context = { settings: run.settings, request, contentType: answer.contentType };
      return { answer, parsed: await parse(answer, context) };
    } catch (error) {
      if (tried >= PARSE_ATTEMPTS) throw error;
      const renewed = await renewSession(run, request, error);
      if (!renewed && !(error instanceof FeedFormatError)) throw error;
    }
  }
}
