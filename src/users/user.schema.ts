import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { HydratedDocument, Types } from 'mongoose';

@Schema({ collection: 'users', timestamps: true, versionKey: false })
export class User {
  _id: Types.ObjectId;

  /** Canonical form; unique by the index in database/indexes.ts. */
  @Prop({ type: String, required: true })
  username: string;

  /** Names its scheme and key, see password-hasher.ts. Never selected unless asked for by name. */
  @Prop({ type: String, required: true, select: false })
  passwordHash: string;

  @Prop({ type: String })
  email?: string;

  @Prop({ type: [String], default: () => ['user'] })
  roles: string[];

  @Prop({ type: Date })
  disabledAt?: Date;

  createdAt: Date;
  updatedAt: Date;
}

export type UserDocument = HydratedDocument<User>;
export const UserSchema = SchemaFactory.createForClass(User);
