import { Controller, Get, Query } from '@nestjs/common';
import { CurrentUser } from '../sessions/current-user.decorator.js';
import { Operation } from '../http/operation.decorator.js';
import { pageQuery, pageSchema, type Page, type PageQuery } from '../pagination/page.js';
import { activitySchema, activityView, type ActivityView } from './activity.views.js';
import { AuditService } from '../audit/audit.service.js';

@Controller('users/me/activity')
export class ActivityController {
  constructor(private readonly audit: AuditService) {}

  @Operation({ summary: 'The history of the account, newest first', response: pageSchema(activitySchema) })
  @Get()
  list(
    @CurrentUser() { userId }: Express.User,
    @Query({ schema: pageQuery }) query: PageQuery,
  ): Promise<Page<ActivityView>> {
    return this.audit.page(userId, query, activityView);
  }
}
