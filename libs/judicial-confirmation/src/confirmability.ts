import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { YamlReader } from '#kernel';
import type { MediationKind } from '#mediation/events';
import { regions } from '#regions';

/** Whether the agreement of an authority can be confirmed in a region, and who says so. */
export interface Confirmability {
  readonly adminMediationConfirmable: boolean;
  readonly source: string;
}

/** 司法确认的地方规定, as data: of the smallest division that has one, or else of the whole country. */
export interface ConfirmationPolicy {
  of(region: string): Confirmability;
}

const CODE = 'CONFIRMATION_POLICY_INVALID';

/** Reads a policy. Throws `CONFIRMATION_POLICY_INVALID` naming file and field. */
export function parseConfirmationPolicy(yaml: string, file: string): ConfirmationPolicy {
  const at = new YamlReader(parse(yaml), file, CODE).only('default', 'regions');
  const usual = confirmabilityOf(at.child('default').only('adminMediationConfirmable', 'source'));
  const byRegion = new Map(
    at.list('regions').map((one) => {
      one.only('region', 'adminMediationConfirmable', 'source');
      return [one.text('region'), confirmabilityOf(one)] as const;
    }),
  );
  return {
    of: (region) => {
      const around = regions.ancestorsOf(region).find((code) => byRegion.has(code));
      return around === undefined ? usual : byRegion.get(around)!;
    },
  };
}

function confirmabilityOf(at: YamlReader): Confirmability {
  const confirmable = at.scalar('adminMediationConfirmable');
  if (typeof confirmable !== 'boolean') throw at.invalid('adminMediationConfirmable', 'neither true nor false');
  return { adminMediationConfirmable: confirmable, source: at.text('source') };
}

export const confirmationPolicy: ConfirmationPolicy = parseConfirmationPolicy(
  readFileSync(new URL('./confirmability.yaml', import.meta.url), 'utf8'),
  'confirmability.yaml',
);

/**
 * Whether a court can confirm what was agreed in mediation of this kind: where it was an authority's, only where a provision of
 * its region says so. There the way leads over a people's mediation committee (T-44).
 */
export function isConfirmable(kind: MediationKind, region: string): boolean {
  return !isOfAuthority(kind) || confirmationPolicy.of(region).adminMediationConfirmable;
}

/** Made before the authority, or by a body in its name (S1 19). */
export function isOfAuthority(kind: MediationKind): boolean {
  return kind === 'administrative' || kind === 'delegated';
}
