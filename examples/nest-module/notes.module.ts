import { Body, Controller, Get, Module, Post } from '@nestjs/common';
import { ObjectId } from 'mongodb';
import { z } from 'zod';
import { CurrentUser } from '../../src/sessions/current-user.decorator.js';
import { DatabaseService } from '../../src/database/database.service.js';
import { Operation } from '../../src/http/operation.decorator.js';

const noteText = z
  .string()
  .min(1)
  .max(1000)
  .meta({ examples: ['Call Charles.'] });
const newNoteBody = z.strictObject({ text: noteText });
const noteId = z.string().meta({ examples: ['64f0c3a9e13b5d0a4c8e9f21'] });
const noteSchema = z.strictObject({ id: noteId, text: noteText }).meta({ id: 'Note' });

interface NoteDocument {
  _id: ObjectId;
  ownerId: ObjectId;
  text: string;
}

const view = ({ _id, text }: NoteDocument): z.output<typeof noteSchema> => ({ id: _id.toHexString(), text });

/** Notes that only their owner sees: the owner is part of every query. */
@Controller('notes')
export class NotesController {
  constructor(private readonly database: DatabaseService) {}

  private get notes() {
    return this.database.collection<NoteDocument>('notes');
  }

  @Operation({ summary: 'List own notes', response: z.strictObject({ items: z.array(noteSchema) }) })
  @Get()
  async list(@CurrentUser() { userId }: Express.User): Promise<{ items: z.output<typeof noteSchema>[] }> {
    const notes = await this.notes.find({ ownerId: new ObjectId(userId) }).toArray();
    return { items: notes.map(view) };
  }

  @Operation({ summary: 'Write a note', response: noteSchema })
  @Post()
  async create(
    @CurrentUser() { userId }: Express.User,
    @Body({ schema: newNoteBody }) { text }: z.output<typeof newNoteBody>,
  ): Promise<z.output<typeof noteSchema>> {
    const note = { _id: new ObjectId(), ownerId: new ObjectId(userId), text };
    await this.notes.insertOne(note);
    return view(note);
  }
}

@Module({ controllers: [NotesController] })
export class NotesModule {}
