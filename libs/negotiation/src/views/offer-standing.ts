import { parseInstant, type Instant } from '#kernel';
import type { NegotiationDocument } from './negotiations.ts';

/** Whether an offer can still be accepted, by the moment of the question: only the newest one can, until it expires. */
export type OfferStanding = 'standing' | 'superseded' | 'expired' | 'agreed';

export type StandingOffer = NegotiationDocument['offers'][number] & { readonly standing: OfferStanding };

/** The offers of a negotiation with how each stands. One that the parties agreed on binds them whatever its expiry. */
export function standingOffers(doc: NegotiationDocument, now: Instant): StandingOffer[] {
  return doc.offers.map((offer) => ({ ...offer, standing: standingOf(doc, offer, now) }));
}

function standingOf(
  { offers, agreedOffer }: NegotiationDocument,
  { offer, expiresAt }: NegotiationDocument['offers'][number],
  now: Instant,
): OfferStanding {
  if (offer === agreedOffer) return 'agreed';
  if (offer !== offers.at(-1)?.offer || agreedOffer !== null) return 'superseded';
  return expiresAt !== null && now > parseInstant(expiresAt)! ? 'expired' : 'standing';
}
