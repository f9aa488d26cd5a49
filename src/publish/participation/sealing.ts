import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';

/** Seals bytes or text so that only the holders of some identities open it (age, X25519 and ChaCha20-Poly1305). */
export type Seal = (content: string | Uint8Array, recipients: readonly string[]) => Promise<Buffer>;

export const seal: Seal = async (content, recipients) => {
  const encrypter = new Encrypter();
  for (const recipient of recipients) encrypter.addRecipient(recipient);
  return Buffer.from(await encrypter.encrypt(content));
};

/** Opens what was sealed to an identity. @throws Error when it is another one's, or damaged */
export async function open(sealed: Uint8Array, identity: string): Promise<Buffer> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  return Buffer.from(await decrypter.decrypt(new Uint8Array(sealed)));
}

/** The receipt code has 90 random bits: stretching it adds nothing but work for the site. */
const WORK_FACTOR = 8;

/** An identity for the answers to one person: whom they are sealed to, and the identity, itself sealed with the receipt code. */
export async function makeReplyKey(code: string): Promise<{ recipient: string; sealedIdentity: Buffer }> {
  const identity = await generateX25519Identity();
  const encrypter = new Encrypter();
  encrypter.setPassphrase(code);
  encrypter.setScryptWorkFactor(WORK_FACTOR);
  const sealedIdentity = Buffer.from(await encrypter.encrypt(identity));
  return { recipient: await identityToRecipient(identity), sealedIdentity };
}

/** The identity for the answers. @throws Error when the code is another one's */
export async function openReplyKey(sealedIdentity: Uint8Array, code: string): Promise<string> {
  const decrypter = new Decrypter();
  decrypter.addPassphrase(code);
  return decrypter.decrypt(new Uint8Array(sealedIdentity), 'text');
}

/** A new identity of the staff, and what is sealed to it. */
export async function makeStaffKey(): Promise<{ identity: string; recipient: string }> {
  const identity = await generateX25519Identity();
  return { identity, recipient: await identityToRecipient(identity) };
}

export { identityToRecipient };
