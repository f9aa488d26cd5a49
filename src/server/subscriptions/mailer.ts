import nodemailer from 'nodemailer';
import { toMailHtml, toMailText } from './format-mail.ts';
import type { Mail } from './message.ts';
import { SendError } from './send-error.ts';

/** Sends messages by mail. */
export interface Mailer {
  /** @throws SendError */
  send(message: Mail, to: string): Promise<void>;
  close(): void;
}

export interface MailerOptions {
  /** `smtp://` or `smtps://` address of the server, with user and password. */
  url: string;
  /** Sender, as it stands in the message. */
  from: string;
  /** Host of the site: the right half of message ids. */
  host: string;
  /** Limit of each wait for the server. */
  timeoutMs?: number;
}

/** A mailer that keeps its connections. A message has the same Message-ID in every attempt, so that mailboxes show it once. */
export function createMailer({ url, from, host, timeoutMs = 20_000 }: MailerOptions): Mailer {
  const transport = nodemailer.createTransport({
    ...{ url, pool: true, maxConnections: 2, disableFileAccess: true, disableUrlAccess: true },
    ...{ connectionTimeout: timeoutMs, greetingTimeout: timeoutMs, socketTimeout: timeoutMs, dnsTimeout: timeoutMs },
  });
  return {
    async send(message, to) {
      try {
        await transport.sendMail({
          from,
          to: { name: '', address: to },
          subject: message.subject,
          text: toMailText(message),
          html: toMailHtml(message),
          messageId: `<${message.id}@${host}>`,
          headers: toHeaders(message),
        });
      } catch (error) {
        throw toSendError(error);
      }
    },
    close: () => transport.close(),
  };
}

/** One click in the mail program stops it (RFC 8058); programs do not answer it (RFC 3834). */
function toHeaders({ stopUrl }: Mail): Record<string, string> {
  const headers = { 'Auto-Submitted': 'auto-generated' };
  if (!stopUrl) return headers;
  return { ...headers, 'List-Unsubscribe': `<${stopUrl}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' };
}

/** Codes of nodemailer under which a 5xx answer is about this message or mailbox, not about our account or line. */
const ABOUT_THE_MESSAGE = new Set(['EENVELOPE', 'EMESSAGE']);

/** A server says with 5xx that it will never take the message. Its words may hold the address: only the code is kept. */
function toSendError(error: unknown): SendError {
  const { code = '', responseCode = 0 } = error as { code?: string; responseCode?: number };
  const isPermanent = responseCode >= 500 && ABOUT_THE_MESSAGE.has(code);
  return new SendError(`邮件服务器：${responseCode || code || '没有回应'}`, { isPermanent, cause: error });
}
