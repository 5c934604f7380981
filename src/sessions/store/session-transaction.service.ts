import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { ClientSession } from 'mongodb';
import { DatabaseService } from '../../database/database.service.js';

/** Runs the writes of a request together with the new session that it stores: all of them or none. */
@Injectable()
export class SessionTransactionService {
  constructor(private readonly database: DatabaseService) {}

  /** Joins the transaction that the request has already, or runs one. */
  join<T>(request: Request, work: (transaction?: ClientSession) => Promise<T>): Promise<T> {
    return request.auth.transaction ? work(request.auth.transaction) : this.run(request, work);
  }

  async run<T>(request: Request, work: (transaction?: ClientSession) => Promise<T>): Promise<T> {
    const before = request.auth.session;
    try {
      return await this.database.transaction((transaction) => {
        // One that met another transaction runs again from its start.
        request.auth.session = before;
        request.auth.transaction = transaction;
        return work(transaction);
      });
    } finally {
      request.auth.transaction = undefined;
    }
  }
}
