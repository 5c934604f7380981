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
    return request.transaction ? work(request.transaction) : this.run(request, work);
  }

  async run<T>(request: Request, work: (transaction?: ClientSession) => Promise<T>): Promise<T> {
    const before = request.liveSession;
    try {
      return await this.database.transaction((transaction) => {
        // One that met another transaction runs again from its start.
        request.liveSession = before;
        request.transaction = transaction;
        return work(transaction);
      });
    } finally {
      request.transaction = undefined;
    }
  }
}
