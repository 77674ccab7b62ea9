/** What the confirmation by people is for; the merchant's own has another purpose. */
export const approvalPurpose = "payout_approval";
