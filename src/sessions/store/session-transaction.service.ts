import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { ClientSession } from 'mongodb';
import { DatabaseService } from '../../database/database.service.js';

/** Runs the writes of a request and the insert of its new session as one transaction. */
@Injectable()
export class SessionTransactionService {
  constructor(private readonly database: DatabaseService) {}

  /** Joins the transaction of the request, or runs a new one. */
  join<T>(request: Request, work: (transaction?: ClientSession) => Promise<T>): Promise<T> {
    return request.auth.transaction ? work(request.auth.transaction) : this.run(request, work);
  }

  async run<T>(request: Request, work: (transaction?: ClientSession) => Promise<T>): Promise<T> {
    const before = request.auth.session;
    try {
      return await this.database.transaction((transaction) => {
        // Runs again after a conflict with another transaction, so it restores the session first.
        request.auth.session = before;
        request.auth.transaction = transaction;
        return work(transaction);
      });
    } finally {
      request.auth.transaction = undefined;
    }
  }
}
