import { commandRow, viewRow, type ContextTable } from '#service';
import { DismissDisputeDuplicate, SuspectDisputeDuplicate } from './commands.ts';
import { dismiss, evolveFound, nothingFound, suspect, type SuspectReads } from './decide.ts';
import { duplicateSchemas } from './events.ts';
import { evolve, initial, type Suggestions } from './suggestion.ts';
import { suggestionsView, type SuggestionDocument } from './views/suggestions.ts';

/** Which disputes may be one: `GET /v1/duplicate-suggestions`. A process suggests, a person merges, confirms or dismisses. */
export const duplicatesTable: ContextTable<Suggestions> = {
  collection: 'duplicate-suggestions',
  category: 'duplicate',
  title: 'suggestion',
  schemas: duplicateSchemas,
  initial,
  evolve,
  scopeOf: ({ region, respondentUscc }) => ({ region, subject: respondentUscc }),
  commands: [
    commandRow<DismissDisputeDuplicate, Suggestions>({
      action: 'dismiss',
      command: DismissDisputeDuplicate,
      decide: dismiss,
      roles: ['hotline', 'officer'],
      summary: 'Find that it is another dispute than the one suggested, which is not suggested again',
      personal: { note: { text: ['note'] } },
      correlation: (_command, _state, id) => id,
    }),
  ],
  processCommands: [
    commandRow<SuspectDisputeDuplicate, Suggestions, SuspectReads>({
      action: 'suspect',
      command: SuspectDisputeDuplicate,
      decide: suspect,
      roles: [],
      summary: 'Suggest that a dispute is one that came before',
      creates: true,
      scope: ({ suspected }) => ({ region: suspected.region, subject: suspected.respondentUscc }),
      correlation: (_command, _state, id) => id,
      reads: {
        dispute: {
          stream: ({ suspected }) => `dispute-${suspected.disputeId}`,
          initial: nothingFound,
          evolve: evolveFound,
        },
        other: { stream: ({ suspected }) => `dispute-${suspected.of}`, initial: nothingFound, evolve: evolveFound },
      },
    }),
  ],
  views: [
    viewRow<SuggestionDocument>({
      projection: suggestionsView,
      filters: { status: 'status', kind: 'kind', region: 'region', respondentUscc: 'respondentUscc' },
      sort: { field: 'suspectedAt', order: 'desc' },
      // Those who may merge or dismiss, and those who check that.
      roles: ['hotline', 'officer', 'auditor'],
      summary: 'Disputes that may be one with an earlier one, with score and reasons, the last suggested first',
      scopeOf: ({ region, respondentUscc }) => ({ region, subject: respondentUscc }),
      streamsOf: ({ candidates }, key) => [
        `duplicate-${key}`,
        `dispute-${key}`,
        ...candidates.map(({ of }) => `dispute-${of}`),
      ],
      personal: { 'candidates.note': 'candidates.note' },
    }),
  ],
};
