import { listPublicTopics, type PublicTopic } from '#src/publish/foi/topics.ts';
import { webDb } from '../../db.ts';

/** The public ledger of what was asked for again and again. */
export const loadRequestLedger = (): { topics: PublicTopic[] } => ({ topics: listPublicTopics(webDb()) });
