import { describe, expect, it } from "@jest/globals";
import {
  checkQuestionSet,
  currentQuestionSet,
  fillIn,
  loadQuestionSet,
  questionsFor,
  themeFor,
  themeNamed,
} from "../../../src/features/check-ins/question-set.ts";
import { findPersonalData } from "../../../src/kernel/personal-data.ts";

const question = (id: string) => currentQuestionSet.questions.find((one) => one.id === id);

describe("the current question set", () => {
  it("asks what a check-in asks, in its order", () => {
    expect(currentQuestionSet.questions.map(({ id }) => id)).toEqual([
      "feeling",
      "newPeople",
      "supported",
      "waiting",
      "longestWaitWeeks",
      "help",
    ]);
    expect(currentQuestionSet.themes.map(({ id }) => id)).toEqual(["referrals", "workforce", "pressures"]);
  });

  it("never fills in how it feels, new people or what would help", () => {
    const filled = currentQuestionSet.questions.filter(({ prefill }) => prefill === "last").map(({ id }) => id);
    expect(filled).toEqual(["supported", "waiting", "longestWaitWeeks"]);
  });

  it("says beside safeguarding that it isn't a way to report a concern", () => {
    const aside = themeNamed("pressures").questions.find(({ id }) => id === "pressures")?.aside;
    expect(aside).toMatch(/safeguarding: not a way to report a concern; follow your organisation's procedure\./i);
  });

  it("guards every free text", () => {
    const all = [currentQuestionSet, ...currentQuestionSet.themes].flatMap(({ questions }) => questions);
    const texts = all.filter(({ kind }) => kind === "text");
    expect(texts.length).toBeGreaterThan(0);
    const guarded = { guard: "personal-data", hint: "Don't name patients or colleagues." };
    for (const text of texts) expect(text).toMatchObject(guarded);
    expect(findPersonalData(JSON.stringify(currentQuestionSet))).toBeNull();
  });

  it("is found by its version, and no other is", () => {
    expect(loadQuestionSet("2026-11")).toBe(currentQuestionSet);
    expect(() => loadQuestionSet("1999-01")).toThrow("A question set is not valid. There is no version 1999-01.");
  });

  it("offers a lead's help only where there is a lead", () => {
    expect(questionsFor(currentQuestionSet.questions, { leadInScope: true })).toEqual(currentQuestionSet.questions);
    expect(questionsFor(currentQuestionSet.questions, { leadInScope: false })).toEqual(
      currentQuestionSet.questions.filter(({ id }) => id !== "help"),
    );
  });

  it("takes its themes in turn", () => {
    const inTurn = ["referrals", "workforce", "pressures", "referrals", "workforce"];
    expect([0, 1, 2, 3, 4].map((round) => themeFor(round).id)).toEqual(inTurn);
  });
});

describe("labels", () => {
  it("get their values and keep what has none", () => {
    const label = question("newPeople")?.label ?? "";
    const filled = fillIn(label, { from: "13 October", to: "24 November" });
    expect(filled).toBe("New people between 13 October and 24 November");
    expect(fillIn("A call from {lead}", {})).toBe("A call from {lead}");
    expect(fillIn("{from}", { from: "$& {to}", to: "x" })).toBe("$& {to}");
  });
});

describe("a question set given as data", () => {
  const set = { version: "2030-01", questions: [question("feeling")], themes: currentQuestionSet.themes };

  it("passes when it is well formed", () => {
    expect(checkQuestionSet(set).version).toBe("2030-01");
  });

  it.each([
    ["nothing", undefined],
    ["no questions", { ...set, questions: [] }],
    ["the same question twice", { ...set, questions: [question("feeling"), question("feeling")] }],
    ["an unknown kind", { ...set, questions: [{ ...question("feeling"), kind: "slider" }] }],
    ["a word that isn't known", { ...set, questions: [{ ...question("waiting"), minimum: 1 }] }],
    ["bounds the wrong way round", { ...set, questions: [{ ...question("waiting"), min: 9, max: 1 }] }],
    ["one choice", { ...set, questions: [{ ...question("feeling"), choices: [{ value: "a", title: "A" }] }] }],
    ["an id that can't be an input's", { ...set, questions: [{ ...question("waiting"), id: "people__waiting" }] }],
  ])("is refused with %s", (_, data) => {
    expect(() => checkQuestionSet(data)).toThrow(expect.objectContaining({ code: "question-set" }));
  });
});
