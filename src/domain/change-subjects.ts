/** What has a sequence of changes that others follow: the values of the parameter `of`. */
export const CHANGE_SUBJECTS = ['notices', 'exposures', 'library'] as const;
export type ChangeSubject = (typeof CHANGE_SUBJECTS)[number];
