/** Slug of the article that is the guide 信息公开指南: its page shows it, with every version that it has had. */
export const GUIDE_SLUG = 'disclosure-guide';
