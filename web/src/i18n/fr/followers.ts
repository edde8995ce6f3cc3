import type { followers as en } from '../en/followers';

export const followers: typeof en = {};
