import { Controller, Get, Inject, Param, Query, Req } from '@nestjs/common';
import type { Principal } from '#access';
import { normaliseUscc, type Refusal } from '#kernel';
import { isRefused, type AsOf, type Figure, type FigureQuery, type KnownAsOf, type RegisteredSubject } from '#metrics';
import { Figures, problemOfQuestion, textParameters } from '#metrics/server';
import { regions } from '#regions';
import { ProblemError, problemOfRefusal } from '#service';
import { principalOf, type Request } from '#service/server';
import { programmes } from '../policy-book.ts';
import { targetBoard, type TargetBoard } from '../target-board.ts';
import { verdict, type Verdict, type VerdictSources } from '../verdict.ts';

type Parameters = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Programmes (创建方案): what a unit or a region has reached of them, condition by condition. */
@Controller('v1/programmes')
export class ProgrammesController {
  constructor(@Inject(Figures) private readonly figures: Figures) {}

  @Get()
  programmes(@Req() request: Request, @Query() parameters: Parameters): object {
    principalOf(request);
    textParameters(parameters, []);
    const items = [...programmes.values()].map(({ id, title, seed, region, issued, period, subjectTypes }) => ({
      id,
      title,
      seed,
      region,
      issued,
      period,
      subjectTypes,
    }));
    return { items, next: null };
  }

  @Get(':programme/verdicts/:subject')
  async verdict(
    @Req() request: Request,
    @Param('programme') programme: string,
    @Param('subject') subject: string,
    @Query() parameters: Parameters,
  ): Promise<Verdict> {
    const principal = principalOf(request);
    const isRegion = isRegionCode(subject);
    if (isRegion) authoriseBoard(principal, programme);
    else authoriseUnit(principal, subject);
    const sources = await this.sources(parameters);
    if (!isRegion && principal.scope.region !== null) await authoriseRegionOf(subject, principal.scope.region, sources);
    return unrefused(await verdict(programme, subject, sources));
  }

  @Get(':programme/targets')
  async targets(
    @Req() request: Request,
    @Param('programme') programme: string,
    @Query() parameters: Parameters,
  ): Promise<TargetBoard> {
    authoriseBoard(principalOf(request), programme);
    return unrefused(await targetBoard(programme, await this.sources(parameters)));
  }

  private async sources(parameters: Parameters): Promise<VerdictSources> {
    const texts = textParameters(parameters, ['asOf', 'position']);
    await this.figures.reach(texts['position']);
    const { figures } = this;
    // Pinned, so that the key is judged by the same state of the registry as the unit.
    const asOf = unrefused((await figures.call('knownAsOf', [figures.asOf(texts['asOf'])])) as KnownAsOf | Refusal);
    return {
      asOf,
      figures: {
        figure: (query: FigureQuery) => figures.call('figure', [query]) as Promise<Figure | Refusal>,
        knownAsOf: (known?: AsOf) => figures.call('knownAsOf', [known]) as Promise<KnownAsOf | Refusal>,
      },
      registry: {
        subject: (uscc: string, known?: AsOf) =>
          figures.call('subject', [uscc, known]) as Promise<RegisteredSubject | null | Refusal>,
      },
    };
  }
}

function isRegionCode(text: string): boolean {
  return /^\d{6,12}$/.test(text);
}

/** The verdict on a unit is for those who work with it and for the unit itself, not for the public. */
function authoriseUnit({ role, scope }: Principal, asked: string): void {
  if (role === 'public') throw new ProblemError(403, 'ROLE_NOT_ALLOWED', 'verdicts on single units are not public');
  if (scope.subject !== null && normaliseUscc(asked) !== scope.subject) throw outOf('SUBJECT');
}

/** A key bound to a region reaches the units registered there, and so none that is not registered. */
async function authoriseRegionOf(unit: string, bound: string, { registry, asOf }: VerdictSources): Promise<void> {
  const uscc = normaliseUscc(unit);
  // The verdict refuses what is no code of a unit.
  if (uscc === undefined) return;
  const registered = unrefused(await registry.subject(uscc, asOf));
  const region = registered?.region ?? null;
  if (region === null || !regions.covers(bound, region)) throw outOf('REGION');
}

/**
 * Target boards, and the same as verdicts on regions: a key bound to a region reads those of programmes above it and
 * within it. A county answers for its share of the city's targets; what neighbours have reached is none of its business.
 */
function authoriseBoard({ scope }: Principal, programme: string): void {
  if (scope.subject !== null) throw outOf('SUBJECT');
  const region = programmes.get(programme)?.region.code;
  // A programme that does not exist is refused as that.
  if (scope.region === null || region === undefined) return;
  if (!regions.covers(scope.region, region) && !regions.covers(region, scope.region)) throw outOf('REGION');
}

function outOf(bound: 'REGION' | 'SUBJECT'): ProblemError {
  return bound === 'REGION'
    ? new ProblemError(403, 'OUT_OF_REGION', 'the key is bound to another region')
    : new ProblemError(403, 'OUT_OF_SUBJECT', 'the key is bound to another subject');
}

function unrefused<Answer extends object | null>(answer: Answer | Refusal): Answer {
  if (isRefused(answer)) throw answer.field === 'asOf' ? problemOfQuestion(answer) : problemOfRefusal(answer);
  return answer;
}
