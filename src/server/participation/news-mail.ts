import { submissionStatusUrl } from '#src/domain/participation/urls.ts';
import type { Mail } from '../subscriptions/message.ts';

/** The mail that says that there is something new: neither what it is about, nor what is new, nor the code. */
export const toNewsMail = (id: string, { siteUrl, siteName }: { siteUrl: string; siteName: string }): Mail => ({
  id,
  subject: `您提交的事项有新进展 - ${siteName}`,
  intro: `您在${siteName}提交的事项有了新的进展，或者需要您补充。内容不在信里，请凭查询码查看。`,
  items: [],
  unlisted: 0,
  actions: [{ label: '凭查询码查看', url: siteUrl + submissionStatusUrl() }],
  footer: '您收到这封信，是因为提交时填写了这个邮箱；它只用来发这样的提醒。请不要回复。',
});
