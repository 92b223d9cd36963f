import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import {
  Answers,
  currentQuestionSet,
  parseAnswers,
  parsePosts,
  perRole,
  prefill,
  sameAsLast,
  themeNamed,
} from "../../../src/features/check-ins/question-set.ts";

const { questions } = currentQuestionSet;
const roles = ["link_worker", "care_coordinator"] as const;
const last = {
  feeling: "busy",
  newPeople: { link_worker: 20 },
  supported: { link_worker: 55, care_coordinator: 12 },
  waiting: 14,
  help: "call",
};

const read = (raw: Record<string, unknown>) => parseAnswers(questions, roles, { feeling: "busy", ...raw });
const answersOf = (raw: Record<string, unknown>) => {
  const parsed = read(raw);
  return parsed.ok ? parsed.answers : parsed.errors;
};
const errorsOf = (parsed: ReturnType<typeof read>) => (parsed.ok ? [] : parsed.errors);

describe("the answers of a check-in", () => {
  it("are read from text and from numbers", () => {
    const newPeople = { newPeople__link_worker: "27", newPeople__care_coordinator: 9 };
    expect(answersOf({ ...newPeople, supported__link_worker: " 55 ", waiting: "14", help: "peer" })).toEqual({
      feeling: "busy",
      newPeople: { link_worker: 27, care_coordinator: 9 },
      supported: { link_worker: 55 },
      waiting: 14,
      help: "peer",
    });
  });

  it("leave out what is blank, and keep a nought", () => {
    const blanks = { newPeople__link_worker: "", newPeople__care_coordinator: " ", longestWaitWeeks: null };
    expect(answersOf({ ...blanks, waiting: "0" })).toEqual({ feeling: "busy", waiting: 0 });
  });

  it("pass over roles that the team doesn't have and inputs that nobody knows", () => {
    expect(answersOf({ newPeople__health_coach: "3", constructor: "x", deliveryId: "y" })).toEqual({ feeling: "busy" });
  });

  it("aren't read from what every object has", () => {
    const odd = questions.filter(({ id }) => id === "waiting").map((question) => ({ ...question, id: "constructor" }));
    expect(parseAnswers(odd, roles, {})).toEqual({ ok: true, answers: {} });
  });

  const notCounts = ["1,5", "1.5", "-1", "2001", "1e3", "12 people", "0x10", "99999999999999999999"];
  it.each([...notCounts, 2001, -1, 1.5, NaN, Infinity, true, {}, ["1"]])("refuse %p beside its field", (typed) => {
    const message = "New people, link workers: give a whole number from 0 to 2000, or leave it blank.";
    expect(read({ newPeople__link_worker: typed })).toEqual({
      ok: false,
      errors: [{ input: "newPeople__link_worker", message }],
    });
  });

  it("name every fault at once", () => {
    const raw = { waiting: "5001", longestWaitWeeks: "261", supported__care_coordinator: "x", help: "money" };
    const errors = errorsOf(parseAnswers(questions, roles, raw));
    expect(errors.map(({ input }) => input)).toEqual([
      "feeling",
      "supported__care_coordinator",
      "waiting",
      "longestWaitWeeks",
      "help",
    ]);
    expect(errors[0]?.message).toBe("Workload: choose one of the answers.");
  });

  it("need how it feels, and a choice that was offered", () => {
    for (const feeling of ["", undefined, "great", 1, "__proto__"])
      expect(errorsOf(parseAnswers(questions, roles, { feeling })).map(({ input }) => input)).toEqual(["feeling"]);
  });

  it("come through storage as they were", () => {
    const parsed = answersOf({ newPeople__link_worker: "27", waiting: 3 });
    expect(Answers.parse(JSON.parse(JSON.stringify(parsed)))).toEqual(parsed);
  });

  it("are whole numbers within bounds, or errors, whatever is typed", () => {
    const anything = fc.oneof(fc.string(), fc.anything(), fc.integer().map(String), fc.integer({ min: -5, max: 6000 }));
    fc.assert(
      fc.property(anything, anything, anything, (newPeople, waiting, help) => {
        const parsed = read({ newPeople__link_worker: newPeople, waiting, help });
        if (!parsed.ok) return expect(parsed.errors.length).toBeGreaterThan(0);
        const count = perRole(parsed.answers, "newPeople").link_worker;
        if (count !== undefined) expect(Number.isInteger(count) && count >= 0 && count <= 2000).toBe(true);
        return undefined;
      }),
    );
  });

  it("never have what was typed in an error", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Z]{9,20}$/), (typed) => {
        const parsed = read({ feeling: typed, waiting: typed, newPeople__link_worker: typed, help: typed });
        expect(errorsOf(parsed)).toHaveLength(4);
        expect(JSON.stringify(parsed)).not.toContain(typed);
      }),
    );
  });
});

describe("the second card", () => {
  const pressures = (raw: Record<string, unknown>) => parseAnswers(themeNamed("pressures").questions, [], raw);

  it("takes several choices as Teams sends them, in the set's order", () => {
    expect(pressures({ pressures: "debt,housing,debt", appointmentsLongEnough: "no" })).toEqual({
      ok: true,
      answers: { pressures: ["housing", "debt"], appointmentsLongEnough: false },
    });
    expect(pressures({ pressures: ["debt"] })).toEqual({ ok: true, answers: { pressures: ["debt"] } });
    expect(pressures({ pressures: "", note: "  " })).toEqual({ ok: true, answers: {} });
    const errors = errorsOf(pressures({ pressures: "debt,gold", appointmentsLongEnough: "maybe" }));
    expect(errors.map(({ input }) => input)).toEqual(["pressures", "appointmentsLongEnough"]);
  });

  it("refuses a note that looks like it holds an NHS number, and repeats nothing of it", () => {
    const parsed = pressures({ note: "Please see 943 476 5919 about damp" });
    const message = "Note: This looks like an NHS number. Take it out and send again; nothing of the note was kept.";
    expect(parsed).toEqual({ ok: false, errors: [{ input: "note", message }] });
  });

  it("keeps a note to its length", () => {
    expect(pressures({ note: ` ${"é".repeat(500)} ` })).toMatchObject({ ok: true });
    const [tooLong] = errorsOf(pressures({ note: "é".repeat(501) }));
    expect(tooLong?.message).toBe("Note: keep it to 500 characters; this has 501.");
  });

  it("takes vacancies with two decimals", () => {
    const vacancies = (typed: unknown) => parseAnswers(themeNamed("workforce").questions, [], { vacancies: typed });
    expect(vacancies("1,25")).toEqual({ ok: true, answers: { vacancies: 1.25 } });
    expect(errorsOf(vacancies("1.255"))[0]?.message).toBe(
      "Vacancies: give a number from 0 to 200 with two decimals at most, or leave it blank.",
    );
  });
});

describe("what is filled in", () => {
  it("is only what may be", () => {
    const supported = { supported__link_worker: 55, supported__care_coordinator: 12 };
    expect(prefill(questions, last)).toEqual({ ...supported, waiting: 14 });
    expect(prefill(questions, null)).toEqual({});
  });

  it("is read back as it was", () => {
    const parsed = read(prefill(questions, last));
    expect(parsed).toEqual({ ok: true, answers: { feeling: "busy", supported: last.supported, waiting: 14 } });
  });
});

describe("same as last time", () => {
  const fresh = { feeling: "stretched", newPeople__link_worker: "31" };

  it("carries last time's figures and says which", () => {
    expect(sameAsLast(questions, roles, fresh, last)).toEqual({
      ok: true,
      answers: { feeling: "stretched", newPeople: { link_worker: 31 }, supported: last.supported, waiting: 14 },
      carried: ["supported", "waiting"],
    });
  });

  it("carries the same when the filled-in inputs come with it", () => {
    const raw = { ...fresh, supported__link_worker: "55", supported__care_coordinator: 12, waiting: "14" };
    expect(sameAsLast(questions, roles, raw, last)).toEqual(sameAsLast(questions, roles, fresh, last));
  });

  it("takes what was typed over as typed", () => {
    expect(sameAsLast(questions, roles, { ...fresh, waiting: "15", longestWaitWeeks: "6" }, last)).toMatchObject({
      ok: true,
      answers: { waiting: 15, longestWaitWeeks: 6 },
      carried: ["supported"],
    });
  });

  it("asks first for what it never carries", () => {
    const asked = (raw: Record<string, unknown>) => {
      const parsed = sameAsLast(questions, roles, raw, last);
      return parsed.ok ? [] : parsed.errors.map(({ input }) => input);
    };
    expect(asked({})).toEqual(["feeling", "newPeople__link_worker", "newPeople__care_coordinator"]);
    expect(asked({ feeling: "busy" })).toEqual(["newPeople__link_worker", "newPeople__care_coordinator"]);
    expect(asked({ feeling: "busy", newPeople__link_worker: "x" })).toEqual(["newPeople__link_worker"]);
    expect(asked({ feeling: "busy", newPeople__care_coordinator: "0" })).toEqual([]);
  });

  it("carries nothing without a last time", () => {
    expect(sameAsLast(questions, roles, fresh, null)).toMatchObject({ ok: true, carried: [] });
  });
});

describe("WTE in post", () => {
  it("takes decimals with a point or a comma, and leaves out what is blank", () => {
    expect(parsePosts(roles, { wte__link_worker: "1,5", wte__care_coordinator: "" })).toEqual({
      ok: true,
      posts: { link_worker: 1.5 },
    });
    expect(parsePosts(roles, { wte__link_worker: 0.8, wte__care_coordinator: "0" })).toEqual({
      ok: true,
      posts: { link_worker: 0.8, care_coordinator: 0 },
    });
  });

  it.each(["-1", "200.01", "1.234", "one", "1.", ",5"])("refuses %s", (typed) => {
    const message =
      "WTE in post, link workers: give a number from 0 to 200 with two decimals at most, or leave it blank.";
    expect(parsePosts(roles, { wte__link_worker: typed })).toEqual({
      ok: false,
      errors: [{ input: "wte__link_worker", message }],
    });
  });

  it("reads every hundredth from 0 to 200", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20_000 }), fc.constantFrom(".", ","), (hundredths, point) => {
        const typed = (hundredths / 100).toFixed(2).replace(".", point);
        const posts = { link_worker: hundredths / 100 };
        expect(parsePosts(["link_worker"], { wte__link_worker: typed })).toEqual({ ok: true, posts });
      }),
    );
  });
});
