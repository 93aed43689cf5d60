import { Controller, Get, Inject, Param, Query, Req } from '@nestjs/common';
import type { Principal } from '#access';
import { normaliseUscc, type Refusal } from '#kernel';
import { isRefused, type AsOf, type Figure, type FigureQuery, type KnownAsOf, type RegisteredSubject } from '#metrics';
import { Figures, textParameters } from '#metrics/server';
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
    authorise(principalOf(request), subject);
    return unrefused(await verdict(programme, subject, await this.sources(parameters)));
  }

  @Get(':programme/targets')
  async targets(
    @Req() request: Request,
    @Param('programme') programme: string,
    @Query() parameters: Parameters,
  ): Promise<TargetBoard> {
    principalOf(request);
    return unrefused(await targetBoard(programme, await this.sources(parameters)));
  }

  private async sources(parameters: Parameters): Promise<VerdictSources> {
    const texts = textParameters(parameters, ['asOf', 'position']);
    await this.figures.reach(texts['position']);
    const { figures } = this;
    return {
      asOf: figures.asOf(texts['asOf']),
      figures: {
        figure: (query: FigureQuery) => figures.call('figure', [query]) as Promise<Figure | Refusal>,
        knownAsOf: (asOf?: AsOf) => figures.call('knownAsOf', [asOf]) as Promise<KnownAsOf | Refusal>,
      },
      registry: {
        subject: (uscc: string, asOf?: AsOf) =>
          figures.call('subject', [uscc, asOf]) as Promise<RegisteredSubject | null | Refusal>,
      },
    };
  }
}

/** A key bound to a subject may ask for its own verdict, one bound to a region for regions within it. */
function authorise({ scope }: Principal, asked: string): void {
  const isRegion = /^\d{6,12}$/.test(asked);
  if (scope.subject !== null && (isRegion || normaliseUscc(asked) !== scope.subject)) {
    throw new ProblemError(403, 'OUT_OF_SUBJECT', 'the key is bound to another subject');
  }
  if (scope.region !== null && isRegion && !regions.covers(scope.region, asked)) {
    throw new ProblemError(403, 'OUT_OF_REGION', 'the key is bound to another region');
  }
}

function unrefused<Answer extends object>(answer: Answer | Refusal): Answer {
  if (isRefused(answer)) throw problemOfRefusal(answer);
  return answer;
}
