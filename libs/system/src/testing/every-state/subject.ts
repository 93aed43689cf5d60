import type { Matrix } from '../matrix.ts';

/** Subjects of the register, with their green channel (绿色通道): what each command comes to, and in which states. */
export const subjectMatrix: Matrix = {
  none: 'NOT_FOUND',
  commands: {
    register: {
      SubjectRegistered: 'none',
      '(nothing)': 'registered',
      SUBJECT_ALREADY_REGISTERED:
        'registered, green channel active · registered, green channel suspended · registered, green channel closed',
    },
    rename: {
      SubjectRenamed: 'registered',
      '(nothing)':
        'registered, green channel active · registered, green channel suspended · registered, green channel closed',
    },
    'open-green-channel': {
      GreenChannelOpened: 'registered · registered, green channel closed',
      GREEN_CHANNEL_IS_ACTIVE: 'registered, green channel active',
      GREEN_CHANNEL_IS_SUSPENDED: 'registered, green channel suspended',
    },
    'suspend-green-channel': {
      GreenChannelSuspended: 'registered, green channel active',
      GREEN_CHANNEL_IS_NONE: 'registered',
      GREEN_CHANNEL_IS_SUSPENDED: 'registered, green channel suspended',
      GREEN_CHANNEL_IS_CLOSED: 'registered, green channel closed',
    },
    'resume-green-channel': {
      GreenChannelResumed: 'registered, green channel suspended',
      GREEN_CHANNEL_IS_NONE: 'registered',
      GREEN_CHANNEL_IS_ACTIVE: 'registered, green channel active',
      GREEN_CHANNEL_IS_CLOSED: 'registered, green channel closed',
    },
    'close-green-channel': {
      GreenChannelClosed: 'registered, green channel active · registered, green channel suspended',
      GREEN_CHANNEL_IS_NONE: 'registered',
      GREEN_CHANNEL_IS_CLOSED: 'registered, green channel closed',
    },
  },
};
