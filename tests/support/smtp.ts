import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';

/** What the server does with the next message. */
export type SmtpMood = 'take' | 'drop' | { code: number; at: 'RCPT' | 'DATA' };

/** A mail server on loopback that keeps what it takes, and can be moody. */
export interface TestMailServer {
  url: string;
  received: { to: string; mail: Email; raw: string }[];
  /** Messages of which the whole text came in, taken or not. */
  seen: string[];
  mood: SmtpMood;
  close(): Promise<void>;
}

/** Starts the server. `drop` ends the connection after the whole text has come in, without an answer. */
export async function startMailServer(): Promise<TestMailServer> {
  const refuse = (code: number) => Object.assign(new Error('refused'), { responseCode: code });
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onRcptTo(_address, _session, done) {
      const { mood } = rig;
      if (typeof mood === 'object' && mood.at === 'RCPT') done(refuse(mood.code));
      else done();
    },
    onData(stream, session, done) {
      void text(stream).then(async (raw) => {
        const mail = await PostalMime.parse(raw);
        rig.seen.push(mail.messageId ?? '');
        const { mood } = rig;
        if (mood === 'drop') {
          for (const client of server.connections as Set<{ close(): void; _socket: { destroy(): void } }>) {
            client._socket.destroy();
          }
        } else if (typeof mood === 'object') done(refuse(mood.code));
        else {
          rig.received.push({ to: session.envelope.rcptTo[0]?.address ?? '', mail, raw });
          done();
        }
      });
    },
  });
  server.on('error', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  const rig: TestMailServer = {
    url: `smtp://127.0.0.1:${port}`,
    received: [],
    seen: [],
    mood: 'take',
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
  return rig;
}
