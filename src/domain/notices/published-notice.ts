import type { Facts } from '../facts/facts.ts';
import type { OrganizationRole } from '../organizations/organization.ts';
import type { AttachmentView, NoticeSummary } from '../site/views.ts';
import type { Instant } from '../time/time.ts';

/** A party as a notice names it, with who it is as far as that is known. */
export interface NamedParty {
  role: OrganizationRole;
  name: string;
  /** Unified social credit code, as the notice gives it or as the register of organizations knows it. */
  uscc: string | null;
  organizationId: string | null;
}

/** A public notice with everything that data files say of it, apart from its body. */
export interface PublishedNotice extends NoticeSummary {
  projectId: string;
  facts: Facts;
  agency: string | null;
  lotCode: string | null;
  sourceKey: string;
  sourceUrl: string | null;
  /** When this portal last changed what it publishes of the notice. */
  updatedAt: Instant;
  /** SHA-256 (hex) of the canonical JSON of the version. */
  hash: string;
  attachments: AttachmentView[];
  parties: NamedParty[];
}
