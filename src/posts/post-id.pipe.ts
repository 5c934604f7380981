import { Injectable, type PipeTransform } from '@nestjs/common';
import { ObjectId } from 'mongodb';
import { AppError } from '../errors/app.error.js';

/** A malformed id is 404, like an unknown one. */
@Injectable()
export class PostIdPipe implements PipeTransform<string, ObjectId> {
  transform(id: string): ObjectId {
    if (!/^[0-9a-f]{24}$/.test(id)) throw new AppError('not_found');
    return new ObjectId(id);
  }
}
