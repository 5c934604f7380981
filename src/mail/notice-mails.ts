import type { MailContent } from './mail-content.js';
import { passwordChangedMail } from './messages/password-changed.mail.js';
import { passwordRemovedMail } from './messages/password-removed.mail.js';
import { passwordResetMail } from './messages/password-reset.mail.js';
import { emailChangeRequestedMail } from './messages/email-change-requested.mail.js';
import { emailChangedMail } from './messages/email-changed.mail.js';
import { emailRemovedMail } from './messages/email-removed.mail.js';
import { emailChangeUndoneMail } from './messages/email-change-undone.mail.js';
import { secondFactorEnabledMail } from './messages/second-factor-enabled.mail.js';
import { secondFactorDisabledMail } from './messages/second-factor-disabled.mail.js';
import { secondFactorResetMail } from './messages/second-factor-reset.mail.js';
import { secondFactorFailedMail } from './messages/second-factor-failed.mail.js';
import { secondFactorLockedMail } from './messages/second-factor-locked.mail.js';
import { recoveryCodeUsedMail } from './messages/recovery-code-used.mail.js';
import { recoveryCodesRenewedMail } from './messages/recovery-codes-renewed.mail.js';
import { recoveryCodesLowMail } from './messages/recovery-codes-low.mail.js';
import { passkeyAddedMail } from './messages/passkey-added.mail.js';
import { passkeyRemovedMail } from './messages/passkey-removed.mail.js';
import { passkeyCounterFellMail } from './messages/passkey-counter-fell.mail.js';
import { identityLinkedMail } from './messages/identity-linked.mail.js';
import { identityUnlinkedMail } from './messages/identity-unlinked.mail.js';
import { newDeviceMail } from './messages/new-device.mail.js';
import { accountDisabledMail } from './messages/account-disabled.mail.js';
import { accountDeletedMail } from './messages/account-deleted.mail.js';
import type { NoticeInfo, NoticeKind } from './notice.types.js';

/** The mail of each kind of notice. */
export const NOTICE_MAILS: Record<NoticeKind, (info: NoticeInfo) => MailContent> = {
  password_changed: passwordChangedMail,
  password_removed: passwordRemovedMail,
  password_reset: passwordResetMail,
  email_change_requested: emailChangeRequestedMail,
  email_changed: emailChangedMail,
  email_removed: emailRemovedMail,
  email_change_undone: emailChangeUndoneMail,
  second_factor_enabled: secondFactorEnabledMail,
  second_factor_disabled: secondFactorDisabledMail,
  second_factor_reset: secondFactorResetMail,
  second_factor_failed: secondFactorFailedMail,
  second_factor_locked: secondFactorLockedMail,
  recovery_code_used: recoveryCodeUsedMail,
  recovery_codes_renewed: recoveryCodesRenewedMail,
  recovery_codes_low: recoveryCodesLowMail,
  passkey_added: passkeyAddedMail,
  passkey_removed: passkeyRemovedMail,
  passkey_counter_fell: passkeyCounterFellMail,
  identity_linked: identityLinkedMail,
  identity_unlinked: identityUnlinkedMail,
  new_device: newDeviceMail,
  account_disabled: accountDisabledMail,
  account_deleted: accountDeletedMail,
};
