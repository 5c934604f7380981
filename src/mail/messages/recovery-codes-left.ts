import type { NoticeInfo } from '../notice.types.js';

export function codesLeft({ details }: NoticeInfo): string {
  const left = details.recoveryCodesLeft ?? 0;
  return left === 1 ? '1 recovery code is left.' : `${left || 'No'} recovery codes are left.`;
}
