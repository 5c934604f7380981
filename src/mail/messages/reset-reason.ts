/** Why a mail about a reset is sent. @param afterUndo whether the user undid a change of the email address */
export function resetReason(afterUndo: boolean | undefined): string {
  return afterUndo
    ? 'The change of your email address was undone, and every device was signed out.'
    : 'Someone, hopefully you, asked to reset the password of your account.';
}
