import { ArrayMaxSize, IsArray, IsBoolean, IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import { Command, IsLocalDate, IsText, IsWebAddress, WithoutLongNumbers } from '#service';

/** `2027-02-05..2027-02-11 春节`, or one day. A name is of a holiday, so it has no blank, and no number like a telephone's. */
export const DAYS_OFF =
  /^(\d{4}-\d{2}-\d{2})(?:\.\.(\d{4}-\d{2}-\d{2}))? ((?!.*\d{7})\p{Script=Han}[\p{Script=Han}\d、·]{0,39})$/u;
/** `2027-02-20 春节` */
export const WORKDAY = /^(\d{4}-\d{2}-\d{2}) ((?!.*\d{7})\p{Script=Han}[\p{Script=Han}\d、·]{0,39})$/u;
/** Written one way only, so that the same notice is recognised: `国办发明电〔2025〕7号`, with these brackets. */
export const NOTICE_NUMBER = /^\p{Script=Han}{2,12}〔\d{4}〕[1-9]\d{0,3}号$/u;

/**
 * Publishes a notice on the days off of a year (国务院办公厅关于部分节假日安排的通知). The first for a year gives every statutory day off;
 * another one amends the year from then on.
 */
export class PublishWorkCalendar extends Command {
  /** Year that the notice arranges. */
  @IsInt()
  @Min(2007)
  @Max(2998)
  year!: number;

  /** Number of the notice, `国办发明电〔2025〕7号`. By it the notice is recognised; without it, by its title. */
  @IsOptional()
  @Matches(NOTICE_NUMBER, { message: 'number must be the number of a notice, such as 国办发明电〔2025〕7号' })
  number?: string;

  @IsText(200)
  @WithoutLongNumbers()
  title!: string;

  /** Day on which the notice was made public. */
  @IsLocalDate()
  publishedOn!: string;

  /** Where it can be read. */
  @IsOptional()
  @IsWebAddress()
  url?: string;

  /** Days off as the notice names them: `2027-02-05..2027-02-11 春节`, both ends included, or one day. */
  @IsArray()
  @ArrayMaxSize(100)
  @Matches(DAYS_OFF, {
    each: true,
    message: '$property must be a list of days or spans with a holiday, such as 2027-02-05..2027-02-11 春节',
  })
  daysOff!: string[];

  /** Days at the weekend on which is worked (调休上班日): `2027-02-20 春节`. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(100)
  @Matches(WORKDAY, {
    each: true,
    message: '$property must be a list of days with the holiday they make up for, such as 2027-02-20 春节',
  })
  workdays?: string[];

  /** 春节 (正月初一). All four festivals are needed for a year whose festivals this release does not know. */
  @IsOptional()
  @IsLocalDate()
  springFestival?: string;

  /** 清明节. */
  @IsOptional()
  @IsLocalDate()
  tombSweepingDay?: string;

  /** 端午节 (五月初五). */
  @IsOptional()
  @IsLocalDate()
  dragonBoatFestival?: string;

  /** 中秋节 (八月十五). */
  @IsOptional()
  @IsLocalDate()
  midAutumnFestival?: string;

  /** The notice was written down wrongly before: this takes its place, as a version of its own. */
  @IsOptional()
  @IsBoolean()
  correction?: boolean;
}
