import type { SettingsPage } from "./fields.ts";

/** How long the network keeps what it holds. */
export const retention: SettingsPage = {
  name: "retention",
  title: "Retention",
  intro: "What is past its time is deleted every night, for good; the audit log says how much of what. Shorter periods count from the next night.",
  groups: [
    {
      title: "How long things are kept",
      fields: [
        {
          path: "retention.checkInMonths",
          label: "Check-ins and cards",
          hint: "What managers answered, and which card went to whom: 12 to 36. Combined figures stay.",
          kind: { kind: "number", unit: "months" },
        },
        {
          path: "retention.meetingMonths",
          label: "Answers to meetings",
          hint: "With what people wanted to raise, agendas and notes: 12 to 36.",
          kind: { kind: "number", unit: "months" },
        },
        {
          path: "retention.aggregateYears",
          label: "Combined figures",
          hint: "Of check-ins by area and place, and results of surveys: 3 to 10.",
          kind: { kind: "number", unit: "years" },
        },
        {
          path: "retention.leaverMonths",
          label: "People who left",
          hint: "Their name, address and account: 1 to 36.",
          kind: { kind: "number", unit: "months" },
        },
        {
          path: "retention.auditYears",
          label: "Audit log",
          hint: "2 to 10.",
          kind: { kind: "number", unit: "years" },
        },
      ],
    },
  ],
};
