import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { YamlReader, type LocalDate } from '#kernel';
import { spanOf } from './read-rules.ts';
import type { Span } from './rule.ts';

/** What the respondent of a complaint is: by it competence is told (S1 Art. 13). `in-platform`: 平台内经营者. */
export const RESPONDENT_KINDS = ['general', 'platform', 'in-platform'] as const;
export type RespondentKind = (typeof RESPONDENT_KINDS)[number];

/** What makes an authority competent: 实际经营地, 住所地, 平台公示的地址, 平台经营者住所地. */
export const COMPETENCE_BASES = ['place-of-operation', 'domicile', 'published-address', 'platform-domicile'] as const;
export type CompetenceBasis = (typeof COMPETENCE_BASES)[number];

/** 管辖依据 of a day: on what competence may rest, for each kind of respondent. */
export interface ComplaintCompetence {
  readonly source: string;
  readonly bases: Readonly<Record<RespondentKind, readonly CompetenceBasis[]>>;
}

const CODE = 'RULE_INVALID';
const entries = readCompetence(readFileSync(new URL('./competence.yaml', import.meta.url), 'utf8'));

/**
 * On what competence for a complaint may rest on the day on which it is determined: a step from 2026-04-15 on follows Order 121,
 * also for a complaint that was received before [INF]. Null: no rule is on record.
 */
export function complaintCompetenceOn(day: LocalDate): ComplaintCompetence | null {
  const entry = entries.find(({ from, to }) => (from === null || from <= day) && (to === null || day <= to));
  return entry === undefined ? null : { source: entry.source, bases: entry.bases };
}

function readCompetence(yaml: string): readonly (ComplaintCompetence & Span)[] {
  const at = new YamlReader(parse(yaml), 'competence.yaml', CODE).only('complaints');
  return at.list('complaints').map((entry) => {
    entry.only('from', 'to', 'source', ...RESPONDENT_KINDS);
    const basesOf = (kind: RespondentKind) =>
      entry.texts(kind).map((text) => {
        const basis = COMPETENCE_BASES.find((one) => one === text);
        if (basis === undefined) throw entry.invalid(kind, `not of ${COMPETENCE_BASES.join(', ')}`);
        return basis;
      });
    const bases = {
      general: basesOf('general'),
      platform: basesOf('platform'),
      'in-platform': basesOf('in-platform'),
    };
    return { ...spanOf(entry), source: entry.text('source'), bases };
  });
}
