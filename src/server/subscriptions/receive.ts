import { type FieldFault, InputError } from '#src/domain/errors.ts';
import type { Channel } from '#src/domain/subscriptions/channels.ts';
import { writeInbox } from '../db.ts';
import { readFormFields } from '../form-fields.ts';
import { parseSubscribeForm } from './form.ts';
import { requestSubscription } from './request.ts';
import { formRules, tokenKey } from './site.ts';
import { makeWebhookSecret } from './tokens.ts';

/** A sent form: either what was accepted, or what was typed and what is wrong with it. */
export interface SubscribePost {
  values: Record<string, string>;
  faults: FieldFault[];
  /** `secret` signs what goes to a generic webhook; it is shown this once. */
  accepted?: { channel: Channel; secret?: string };
}

/**
 * Takes a sent form in: saves the subscription that it asks for.
 * @throws InputError for a body that cannot be read, and for a filter that no page of ours sends
 */
export async function readSubscribePost(request: Request): Promise<SubscribePost> {
  const values = await readFormFields(request);
  try {
    const asked = parseSubscribeForm(values, formRules());
    const key = tokenKey();
    const id = await writeInbox((db) => requestSubscription(db, asked, key, new Date().toISOString()));
    const secret = asked.channel === 'webhook' ? { secret: makeWebhookSecret(key, id) } : {};
    return { values, faults: [], accepted: { channel: asked.channel, ...secret } };
  } catch (error) {
    if (error instanceof InputError) return { values, faults: error.fields };
    throw error;
  }
}
