import { IsIn, IsOptional } from 'class-validator';
import { Command, IsRegionCode, IsText, IsUscc, WithoutLongNumbers } from '#service';
import { STANDSTILL_REASONS, STATION_KINDS, type StandstillReason, type StationKind } from './station-events.ts';

/** Opens a service station (消费维权服务站). */
export class OpenServiceStation extends Command {
  /** Name on its door. */
  @IsText(200)
  @WithoutLongNumbers()
  name!: string;

  /** `service-station` unless said. */
  @IsOptional()
  @IsIn(STATION_KINDS)
  kind?: StationKind;

  @IsRegionCode()
  region!: string;

  /** Registered subject in whose premises it is. */
  @IsOptional()
  @IsUscc()
  hostUscc?: string;

  /** Its keeper (站长). Kept in the vault. */
  @IsOptional()
  @IsText(100)
  keeperName?: string;

  @IsOptional()
  @IsText(50)
  keeperPhone?: string;

  /** Kept in the vault. */
  @IsOptional()
  @IsText(300)
  address?: string;
}

/** Another keeper. */
export class AppointStationKeeper extends Command {
  @IsText(100)
  keeperName!: string;

  @IsOptional()
  @IsText(50)
  keeperPhone?: string;
}

export class SuspendServiceStation extends Command {
  @IsIn(STANDSTILL_REASONS)
  reason!: StandstillReason;
}

export class ResumeServiceStation extends Command {}

/** Closes it for good. */
export class CloseServiceStation extends Command {
  @IsIn(STANDSTILL_REASONS)
  reason!: StandstillReason;
}
