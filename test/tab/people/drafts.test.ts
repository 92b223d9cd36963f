import { describe, expect, it } from "@jest/globals";
import { ApiFault, faultAt } from "../../../src/tab/api/problem.ts";
import { bodyOf, draftOf } from "../../../src/tab/people/drafts.ts";
import { absenceInWords } from "../../../src/tab/people/words.ts";
import { counted } from "../../../src/tab/parts/words.ts";

const deputy = { id: "d", name: "Ana Bell" };
const here = { awayUntil: null, stopped: false, deputy: null };
const away = { awayUntil: "2026-12-04", stopped: false, deputy };

describe("a change of a person", () => {
  it("sends nothing while nothing is changed", () => {
    expect(bodyOf(here, draftOf(here))).toEqual({});
    expect(bodyOf(away, draftOf(away))).toEqual({});
  });

  it("sends only what is changed", () => {
    expect(bodyOf(here, { ...draftOf(here), awayUntil: "2026-12-04" })).toEqual({ awayUntil: "2026-12-04" });
    expect(bodyOf(away, { ...draftOf(away), awayUntil: "", stopped: true })).toEqual({ awayUntil: null, stopped: true });
  });

  it("takes the deputy away only from somebody who has one", () => {
    expect(bodyOf(away, { ...draftOf(away), noDeputy: true })).toEqual({ deputy: null });
    expect(bodyOf(here, { ...draftOf(here), noDeputy: true })).toEqual({});
  });

  it("sends nothing else when they have left", () => {
    expect(bodyOf(away, { ...draftOf(away), awayUntil: "", stopped: true, hasLeft: true })).toEqual({ left: true });
  });

  it("finds what a refusal says of a field", () => {
    const refused = new ApiFault("No.", 422, [{ path: "deputy", message: "Nobody is their own deputy: name somebody else." }]);
    expect(faultAt(refused, "deputy")).toBe("Nobody is their own deputy: name somebody else.");
    expect(faultAt(refused, "awayUntil")).toBeNull();
    expect(faultAt(new TypeError("no network"), "deputy")).toBeNull();
  });
});

describe("what is said of people", () => {
  it("tells an absence and who stands in", () => {
    expect(absenceInWords(here)).toBe("");
    expect(absenceInWords({ awayUntil: null, deputy })).toBe("Ana Bell stands in when they are away");
    expect(absenceInWords({ awayUntil: "2031-12-04", deputy })).toBe("Away until Thursday 4 December 2031; Ana Bell stands in");
  });

  it("counts", () => {
    expect([counted(1, "team"), counted(0, "team"), counted(1_200, "person", "people")]).toEqual(["1 team", "0 teams", "1,200 people"]);
  });
});
