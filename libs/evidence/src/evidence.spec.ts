import { describe, expect, it } from '@jest/globals';
import { mayRead, ROLES } from '#access';
import { documentsGiven, given as givenBy, type GivenEvent } from '#kernel';
import { REPORT_READERS } from '#reports/events';
import type { RecordEvidence } from './commands.ts';
import { eraseEvidence, evolveDispute, evolveReport, recordEvidence, unreadDispute, unreadReport } from './decide.ts';
import {
  ERASURE_REASONS,
  EVIDENCE_KINDS,
  evidenceSchemas,
  evidenceWords,
  type EvidenceEvents,
  type RecordedEvidenceEvent,
} from './events.ts';
import { evidenceId } from './evidence-store.ts';
import { evidenceTable } from './evidence.module.ts';
import { evolve, initial } from './evidence.ts';
import { mediaTypeOf } from './media-type.ts';
import { evidenceView } from './views/evidence.ts';

type Given = GivenEvent<RecordedEvidenceEvent>;
const given = (events: readonly Given[] = []) => givenBy({ initial, evolve }, events);

const SHA = 'a'.repeat(64);
const DISPUTE = '01JN0000000000000000000000';
const command = {
  disputeId: DISPUTE,
  kind: 'payment',
  audience: 'parties',
  mediaType: 'application/pdf',
  bytes: 12,
  sha256: SHA,
  contentKey: `${'A'.repeat(43)}=`,
} satisfies RecordEvidence;
const data: EvidenceEvents['EvidenceRecorded'] = {
  disputeId: DISPUTE,
  kind: 'payment',
  audience: 'parties',
  mediaType: 'application/pdf',
  bytes: 12,
  sha256: SHA,
  content: 'content-1',
  respondentUscc: '9144030071526726XG',
  respondentRegion: '330602',
};
const recorded: Given = { type: 'EvidenceRecorded', data };
const erased: Given = { type: 'EvidenceErased', data: { reason: 'retention-over' } };
const context = {
  reads: { dispute: { respondentUscc: '9144030071526726XG', respondentRegion: '330602' }, report: undefined },
  persons: { content: { personId: 'content-1', tokens: {} } },
};

describe('evidence', () => {
  it('is recorded once for its dispute, and not again once it was erased', () => {
    given()
      .when(recordEvidence, command, context)
      .then([{ type: 'EvidenceRecorded', schemaVersion: 2, data }]);
    given([recorded]).when(recordEvidence, command, context).then([]);
    given([recorded, erased])
      .when(recordEvidence, command, context)
      .then({ kind: 'conflict', code: 'EVIDENCE_ERASED' });
    given()
      .when(recordEvidence, command, { ...context, reads: { dispute: undefined, report: undefined } })
      .then({ kind: 'invalid', code: 'UNKNOWN_DISPUTE', field: 'disputeId' });
    given()
      .when(recordEvidence, command, { ...context, persons: {} })
      .then({ kind: 'invalid', code: 'CONTENT_REQUIRED', field: 'contentKey' });
  });
  it('is erased once, with a reason', () => {
    given([recorded])
      .when(eraseEvidence, { reason: 'retention-over' })
      .then([{ type: 'EvidenceErased', data: erased.data as never }]);
    given([recorded, erased]).when(eraseEvidence, { reason: 'uploaded-by-mistake' }).then([]);
    given().when(eraseEvidence, { reason: 'retention-over' }).then({ kind: 'notFound', code: 'NOT_FOUND' });
  });
  it('belongs to the respondent of its dispute as it is known', () => {
    const opened = { respondentUscc: null, respondentRegion: '330602' };
    const dispute = evolveDispute(unreadDispute, { type: 'DisputeOpened', data: opened } as never);
    const identified = { ...context.reads.dispute, reason: 'became-known' };
    expect(evolveDispute(dispute, { type: 'DisputeRespondentIdentified', data: identified } as never)).toEqual(
      context.reads.dispute,
    );
    expect(evolveDispute(dispute, { type: 'DisputeMergedInto', data: {} } as never)).toBe(dispute);
  });
  it('that is for the authorities lies in no merchant’s bounds', () => {
    const [view] = evidenceTable.views;
    expect(view!.scopeOf(data)).toEqual({ region: '330602', subject: '9144030071526726XG' });
    expect(view!.scopeOf({ ...data, audience: 'authority' })).toEqual({ region: '330602', subject: null });
  });
  it('is seen as it stands, without where its content is', () => {
    const docs = documentsGiven(
      evidenceView,
      [recorded, erased].map((event) => ({ ...event, stream: 'evidence-e' })),
    );
    expect(docs.get('e')).toMatchObject({ ...data, status: 'erased' });
    expect(evidenceTable.views[0]!.answer!(docs.get('e')!, {} as never, new Map())).not.toHaveProperty('content');
  });
  it('has an id that follows from dispute and content', () => {
    expect(evidenceId(command)).toMatch(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/);
    expect(evidenceId({ ...command })).toBe(evidenceId(command));
    expect(evidenceId({ ...command, side: 'merchant' })).toBe(evidenceId(command));
    expect(evidenceId({ ...command, disputeId: '01JN0000000000000000000001' })).not.toBe(evidenceId(command));
  });
  it('of a report needs no dispute, and nothing leads from the respondent to it', () => {
    const { disputeId: _, ...rest } = command;
    const ofReport = { ...rest, reportId: 'R1', audience: 'report-handlers' } as const;
    const report = { disputeId: null, handlingRegion: '330603' };
    const known = { ...context, reads: { dispute: undefined, report } };
    const { disputeId: __, ...same } = data;
    const whose = { disputeId: null, reportId: 'R1', respondentUscc: null, respondentRegion: '330603' };
    given()
      .when(recordEvidence, ofReport, known)
      .then([{ type: 'EvidenceRecorded', schemaVersion: 2, data: { ...same, ...whose, audience: 'report-handlers' } }]);
    for (const audience of ['parties', 'authority'] as const) {
      const code = 'EVIDENCE_OF_REPORT';
      given()
        .when(recordEvidence, { ...ofReport, audience }, known)
        .then({ kind: 'invalid', code, field: 'audience' });
    }
    const none = { ...context, reads: { dispute: undefined, report: undefined } };
    given().when(recordEvidence, ofReport, none).then({ kind: 'invalid', code: 'UNKNOWN_REPORT', field: 'reportId' });
    for (const both of [{ ...ofReport, disputeId: DISPUTE }, rest]) {
      const code = 'DISPUTE_OR_REPORT_REQUIRED';
      given().when(recordEvidence, both, known).then({ kind: 'invalid', code, field: 'disputeId' });
    }
    expect(evidenceId(ofReport)).not.toBe(evidenceId({ ...ofReport, reportId: 'R2' }));
    const received = { type: 'ReportReceived', data: { disputeId: DISPUTE, handlingRegion: '330602' } };
    const designated = { type: 'ReportAuthorityDesignated', data: { handlingRegion: '330603' } };
    expect([received, designated].reduce((read, event) => evolveReport(read, event as never), unreadReport)).toEqual({
      disputeId: DISPUTE,
      handlingRegion: '330603',
    });
  });
  it('that is not for all is another one for each audience and side: nobody finds out by a file of their own', () => {
    const ids = (['parties', 'authority', 'report-handlers'] as const).flatMap((audience) =>
      (['merchant', 'authority'] as const).map((side) => evidenceId({ ...command, audience, side })),
    );
    expect(new Set(ids).size).toBe(5);
  });
  it('that proves who somebody is goes to no other party, also where it was recorded so', () => {
    given()
      .when(recordEvidence, { ...command, kind: 'identity' }, context)
      .then({ kind: 'invalid', code: 'IDENTITY_NOT_FOR_PARTIES', field: 'audience' });
    const before = { ...data, kind: 'identity' } as const;
    const [view] = evidenceTable.views;
    expect(view!.scopeOf(before)).toEqual({ region: '330602', subject: null });
    expect(view!.readersOf!(before)).not.toContain('merchant');
  });
  it('of a report is handed in and known by those who receive and handle reports (S1 Art. 37)', () => {
    const ofReport = { ...command, audience: 'report-handlers' } as const;
    const by = (role: string) =>
      given().when(recordEvidence, ofReport, { ...context, actor: { id: 'k', role } }).decision;
    for (const role of ['merchant', 'mediator', 'court'])
      expect(by(role)).toMatchObject({ code: 'AUDIENCE_NOT_YOURS' });
    for (const role of ['hotline', 'officer', 'head', 'enforcement']) expect(by(role)).toHaveLength(1);
    const [view] = evidenceTable.views;
    expect(view!.scopeOf({ ...data, audience: 'report-handlers' }).subject).toBeNull();
    const readers = view!.readersOf!({ ...data, audience: 'report-handlers' });
    expect(ROLES.filter((role) => mayRead(role, readers!))).toEqual(
      ROLES.filter((role) => mayRead(role, REPORT_READERS)),
    );
  });
  it('that was recorded before it could belong to a report reads as it is', () => {
    expect(evidenceSchemas.EvidenceRecorded.upcasters![1]!(data as never)).toBe(data);
    expect(documentsGiven(evidenceView, [{ ...recorded, stream: 'evidence-e' }]).get('e')).toMatchObject({
      reportId: null,
    });
  });
  it('is said in words without names', () => {
    for (const kind of EVIDENCE_KINDS)
      expect(evidenceWords.EvidenceRecorded({ ...data, kind }).en).toMatch(/aaaaaaaaaaaa/);
    for (const reason of ERASURE_REASONS) expect(evidenceWords.EvidenceErased({ reason }).zh).toMatch(/已删除/);
  });
});

describe('the type of a file', () => {
  const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0]);
  it.each([
    ['application/pdf', Buffer.from('%PDF-1.7\n')],
    ['image/png', png],
    ['image/jpeg', Buffer.from([0xff, 0xd8, 0xff, 0xe0])],
    ['image/webp', Buffer.from('RIFF1234WEBPVP8 ')],
    ['video/mp4', Buffer.from('\0\0\0\x18ftypmp42')],
    ['audio/mpeg', Buffer.from('ID3\x04')],
    ['audio/mpeg', Buffer.from([0xff, 0xfb, 0x90, 0x00])],
  ])('%s is known by its first bytes', (type, head) => {
    expect(mediaTypeOf(`${type.toUpperCase()}; x=1`, head)).toBe(type);
  });
  it('is not what it is sent as', () => {
    expect(mediaTypeOf('application/pdf', png)).toBeUndefined();
    expect(mediaTypeOf('image/png', Buffer.from('<script>'))).toBeUndefined();
    expect(mediaTypeOf('image/png', Buffer.alloc(0))).toBeUndefined();
    expect(mediaTypeOf('text/html', Buffer.from('<html>'))).toBeUndefined();
    expect(mediaTypeOf('', png)).toBeUndefined();
    expect(mediaTypeOf('constructor', png)).toBeUndefined();
  });
});
