export default {
  show: 'Show the contacts (on record)', why: 'Purpose of showing the contacts', purpose: 'Purpose', note: 'Note (optional)', reveal: 'Show', cover: 'Cover now',
  recorded: 'It is in the audit log before it is shown: who, when, for which purpose, whom.', onRecord: 'In the audit log. Covered again after {{seconds}} seconds.', noPhone: 'no telephone known',
  masked: {
    PURPOSE: 'The purpose does not open all of it', CONSENT_REFUSED: 'consent refused', CONSENT_WITHDRAWN: 'consent withdrawn', CONSENT_LAPSED: 'consent lapsed',
    CONSENT_NOT_ASKED: 'consent not asked', CONSENT_UNKNOWN: 'consent unknown',
  },
};
