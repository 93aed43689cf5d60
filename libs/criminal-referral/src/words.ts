import type { EventWords } from '#kernel';
import type { CriminalReferralEvents } from './events.ts';

/** Events of a criminal referral in words: no names, no free text. */
export const criminalReferralWords: EventWords<CriminalReferralEvents> = {
  CriminalReferralTeamAppointed: ({ officers }) => ({
    zh: `涉嫌犯罪，指定${officers.length}名执法人员组成专案组`,
    en: `A crime is suspected: a team of ${officers.length} officers was appointed`,
  }),
  CriminalReferralReportSubmitted: () => ({
    zh: '专案组提出移送涉嫌犯罪案件的书面报告',
    en: 'The team reported to the head on referring the case',
  }),
  CriminalReferralApproved: () => ({ zh: '负责人批准移送', en: 'The head approved the referral' }),
  CriminalReferralNotApproved: () => ({ zh: '负责人不批准移送', en: 'The head did not approve the referral' }),
  CaseTransferredToPolice: ({ police }) => ({
    zh: `案件移送${police}`,
    en: `The case was transferred to ${police}`,
  }),
  PoliceReceiptSigned: ({ police }) => ({ zh: `${police}签收`, en: `${police} signed for it` }),
  ReroutedToCompetentPolice: ({ police }) => ({
    zh: `转送有管辖权的${police}`,
    en: `It was sent on to ${police}, which is competent`,
  }),
  PoliceFiledCase: () => ({ zh: '公安机关决定立案', en: 'The police filed a case' }),
  PoliceDeclinedCase: () => ({ zh: '公安机关决定不予立案', en: 'The police declined to file a case' }),
  ReconsiderationRequested: () => ({ zh: '提请公安机关复议', en: 'The police were asked to reconsider' }),
  ReconsiderationDecided: ({ result }) =>
    result === 'upheld'
      ? { zh: '公安机关复议维持不予立案决定', en: 'The police stay with their decision' }
      : { zh: '公安机关复议决定立案', en: 'The police reversed their decision' },
  FilingSupervisionRequested: ({ procuratorate }) => ({
    zh: `建议${procuratorate}进行立案监督`,
    en: `${procuratorate} was asked to supervise the filing`,
  }),
  FilingSupervisionConcluded: ({ result }) =>
    result === 'police-to-file'
      ? { zh: '检察机关通知公安机关立案', en: 'The procuratorate has the police file a case' }
      : { zh: '检察机关认为不立案理由成立', en: 'The procuratorate found that no case need be filed' },
  MaterialsHandedOver: () => ({ zh: '已移交涉案物品和材料', en: 'Items and materials were handed over' }),
  CriminalReferralDeadlineAmended: ({ clock, due }) => ({
    zh: `工作日历调整，期限（${clock}）改为${due ?? '待定'}`,
    en: `The calendar was amended: ${clock} is now due ${due ?? 'on a day that cannot be told'}`,
  }),
  CriminalReferralLateEntryVerified: ({ clock }) => ({
    zh: `补录事项（${clock}）经他人核实`,
    en: `A late entry (${clock}) was verified by another person`,
  }),
};
