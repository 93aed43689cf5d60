import { refuseMerged } from '#disputes/events';
import type { Decide, Instant, Refusal } from '#kernel';
import { normaliseUscc, refuse } from '#kernel';
import { readClock, type Law } from '#law';
import { NEGOTIATION_CLOCKS } from './clocks.ts';
import type { AcknowledgeNegotiation, OpenNegotiation } from './commands.ts';
import type { NegotiationEvent } from './events.ts';
import type { NegotiationState } from './negotiation.ts';
import { partyOf } from './party.ts';
import type { OpenReads } from './reads.ts';
import { wasActiveAt } from './reads.ts';
import { OFFICERS, under, whileLive, type Rule } from './step.ts';

export const open: Decide<OpenNegotiation, NegotiationState, NegotiationEvent, OpenReads, Law> = (
  command,
  state,
  { actor, occurredAt, today, reads },
  law,
) => {
  if (state.status !== 'none') return refuse('conflict', 'NEGOTIATION_EXISTS', 'This negotiation is already open.');
  const { dispute, membership } = reads;
  if (dispute === undefined) return refuse('invalid', 'UNKNOWN_DISPUTE', 'There is no such dispute.', 'disputeId');
  const merged = refuseMerged(dispute.mergedInto, 'disputeId');
  if (merged !== undefined) return merged;
  const respondentUscc = normaliseUscc(command.respondentUscc) ?? command.respondentUscc;
  if (dispute.respondentUscc !== null && dispute.respondentUscc !== respondentUscc) {
    return refuse('conflict', 'RESPONDENT_MISMATCH', 'The dispute names another respondent.', 'respondentUscc');
  }
  if (command.venue === 'odr' && !wasActiveAt(membership ?? [], occurredAt)) {
    return refuse(
      'conflict',
      'ODR_MEMBERSHIP_NOT_ACTIVE',
      'The respondent was no active ODR member at that time.',
      'venue',
    );
  }
  const closed = notThere(command, reads, occurredAt);
  if (closed !== undefined) return closed;
  const openedBy = command.openedBy ?? 'consumer';
  if (openedBy === 'authority' && !OFFICERS.includes(actor.role)) {
    return refuse('forbidden', 'NOT_YOUR_PARTY', 'Only the authority opens in its own name.', 'openedBy');
  }
  const { respondentRegion, sector } = dispute;
  const { disputeId, venue } = command;
  const clock = readClock({ clock: 'negotiation', rule: NEGOTIATION_CLOCKS.negotiation, from: today }, law);
  const place = placeOf(command);
  const data = { disputeId, venue, respondentUscc, respondentRegion, sector, openedBy, ...place, clocks: [clock] };
  return [{ type: 'NegotiationOpened', ...under(clock), data }];
};

export const acknowledge: Rule<AcknowledgeNegotiation> = whileLive((_, state, { actor }) => {
  if (partyOf(actor.role, undefined, 'merchant') !== 'merchant') {
    return refuse('forbidden', 'ONLY_MERCHANT_ACKNOWLEDGES', 'First contact is the merchant’s to record.');
  }
  return state.acknowledged ? [] : [{ type: 'NegotiationAcknowledged', data: {} }];
});

/** A station or channel that is named must have been open; where none is named, none is asked for. */
function notThere(
  { venue, stationId, greenChannelUscc }: OpenNegotiation,
  { station, channel }: OpenReads,
  at: Instant,
): Refusal | undefined {
  if (stationId !== undefined && venue !== 'station') {
    return refuse('invalid', 'VENUE_MISMATCH', 'Only the venue `station` is at a station.', 'stationId');
  }
  if (greenChannelUscc !== undefined && venue !== 'green-channel') {
    return refuse(
      'invalid',
      'VENUE_MISMATCH',
      'Only the venue `green-channel` is a green channel.',
      'greenChannelUscc',
    );
  }
  if (stationId !== undefined && !wasActiveAt(station ?? [], at)) {
    return refuse('conflict', 'STATION_NOT_OPEN', 'There was no such station open at that time.', 'stationId');
  }
  if (greenChannelUscc !== undefined && !wasActiveAt(channel ?? [], at)) {
    const detail = 'This subject had no active green channel at that time.';
    return refuse('conflict', 'GREEN_CHANNEL_NOT_ACTIVE', detail, 'greenChannelUscc');
  }
  return undefined;
}

function placeOf({ stationId, greenChannelUscc }: OpenNegotiation): { station?: string; greenChannel?: string } {
  return {
    ...(stationId === undefined ? {} : { station: stationId }),
    ...(greenChannelUscc === undefined ? {} : { greenChannel: normaliseUscc(greenChannelUscc)! }),
  };
}
