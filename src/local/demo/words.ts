/** What made-up managers write beside their figures: nobody is named. */
export const checkInNotes = [
  "Housing letters take most of our time; two surgeries now send people straight to the council's hub.",
  "More people ask for help with energy bills than last winter.",
  "The new PCN lead wants us in the multidisciplinary meetings, which costs half a day a week.",
  "Interpreting is booked out for three weeks.",
  "The walking group has a waiting list of its own now.",
  "Referrals from the hospital's discharge team have doubled since the summer.",
  "We paused self-referrals for a fortnight to clear the list.",
  "Debt advice has moved online, and many of our people can't use it.",
  "A good month: the allotment project took on a dozen people.",
  "Our link workers cover for a vacancy at the next practice.",
] as const;

export const raised = [
  "Can we talk about referrals that needed a specialist service?",
  "How do others deal with pauses in intake?",
  "I'd like to show our waiting list letter.",
  "Supervision for lone workers.",
] as const;

/** What the network's meetings were about, one after the other. */
export const meetings: readonly {
  readonly agenda: readonly string[];
  readonly notes: string;
  readonly actions: readonly { readonly what: string; readonly who: string; readonly weeks: number }[];
}[] = [
  {
    agenda: ["Welcome and check-in", "What the figures say", "Referral forms: what to ask for", "Any other business"],
    notes: "We went through the first round of check-ins. Referral forms differ between practices; most leave out what the person wants.",
    actions: [{ what: "Collect the referral forms that work well", who: "Dilip Chaudhari", weeks: 6 }],
  },
  {
    agenda: ["What the figures say", "One referral form for all of London", "Winter pressures"],
    notes: "Nine forms were compared and one was drafted. Winter: warm spaces are listed by borough now.",
    actions: [
      { what: "Send the draft form round for comments", who: "Morwenna Achebe", weeks: 2 },
      { what: "Share the list of warm spaces", who: "Priya Raman", weeks: 1 },
    ],
  },
  {
    agenda: ["What the figures say", "Results of the pulse", "Supervision: who gets it, and from whom"],
    notes: "People spoke about coming home worn out. Supervision is rare outside the larger employers.",
    actions: [{ what: "Ask the training hub for group supervision", who: "Morwenna Achebe", weeks: 6 }],
  },
  {
    agenda: ["What the figures say", "Housing: meeting the councils' hubs", "Safe working alone"],
    notes: "Three councils sent somebody. Each hub now has a named contact for link workers.",
    actions: [{ what: "Publish the hubs' contacts", who: "Ottilie Fairbairn", weeks: 3 }],
  },
  {
    agenda: ["What the figures say", "Group supervision begins", "When a referral needs another service"],
    notes: "Group supervision starts next month in two areas. Many referrals need specialist advice that we can't give.",
    actions: [{ what: "Count referrals that needed another service, by reason", who: "Dilip Chaudhari", weeks: 6 }],
  },
  {
    agenda: ["What the figures say", "The guide range: what it says and doesn't", "Contracts that end in spring"],
    notes: "The range is a yearly flow and no target. Several contracts end within six months; the board hears of it.",
    actions: [{ what: "Bring vacancies and contracts to the board", who: "Morwenna Achebe", weeks: 4 }],
  },
  {
    agenda: ["What the figures say", "Results of the pulse", "What changed since"],
    notes: "Group supervision helps those who have it. It is to be offered in every area.",
    actions: [{ what: "Offer group supervision in every area", who: "Morwenna Achebe", weeks: 8 }],
  },
  {
    agenda: ["What the figures say", "Pausing intake: how and when", "Working with care coordinators"],
    notes: "A pause works when practices hear of it a week before. A letter for that is shared.",
    actions: [{ what: "Share the letter about pausing intake", who: "Ifeoma Obi", weeks: 1 }],
  },
  {
    agenda: ["What the figures say", "Evidence for the commissioners", "Teams above the range: what would help"],
    notes: "The paper for the commissioners was agreed. Teams above the range spoke about what would help.",
    actions: [
      { what: "Send the paper to the commissioners", who: "Morwenna Achebe", weeks: 2 },
      { what: "Ring the teams above the range", who: "Dilip Chaudhari", weeks: 2 },
    ],
  },
];

/** "You said, we did", after the surveys of the year. */
export const changes = [
  "You said that there is nobody to talk a hard case through with. Group supervision now runs every month in two areas.",
  "You said that mornings begin with a full inbox. No meetings of the network begin before 10am any more.",
] as const;
