import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import { DatabaseService } from '../database/database.service.js';
import { OPERATOR } from '../logging/security-logger.service.js';
import { NoticesService } from '../mail/notices.service.js';
import { SessionsRepository } from '../sessions/store/sessions.repository.js';
import type { UserRecord } from '../users/user.schema.js';
import { UsersService } from '../users/users.service.js';
import { SecondFactorService } from './second-factor.service.js';
import { SecondFactorsRepository } from './second-factors.repository.js';

/** For a user who has lost every second factor. Reserved for operators: a mailbox alone must not be enough. */
@Injectable()
export class SecondFactorResetService {
  constructor(
    private readonly database: DatabaseService,
    private readonly users: UsersService,
    private readonly factors: SecondFactorsRepository,
    private readonly secondFactors: SecondFactorService,
    private readonly sessions: SessionsRepository,
    private readonly notices: NoticesService,
    private readonly audit: AuditService,
  ) {}

  /**
   * Removes TOTP, recovery codes and passkeys, and ends every session.
   * @returns how many sessions were ended
   */
  reset(user: UserRecord): Promise<number> {
    return this.database.transaction(async (transaction) => {
      await this.users.lock(user._id, transaction);
      await this.factors.reset(user._id, transaction);
      await this.secondFactors.removePasskeys(user._id, transaction);
      const sessionIds = await this.sessions.revokeAll(user, 'second_factor_changed', { transaction });
      await this.notices.notify(user, 'second_factor_reset', { origin: OPERATOR }, transaction);
      await this.audit.record(OPERATOR, 'session_revoked', { userId: user._id, sessionIds }, transaction);
      return sessionIds.length;
    });
  }
}
