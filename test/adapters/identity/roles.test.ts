import { describe, expect, it } from "@jest/globals";
import { UnsecuredJWT } from "jose";
import { rolesIn } from "../../../src/adapters/identity/roles.ts";

describe("the permissions that a token names", () => {
  it("are its roles; none when it names none", () => {
    expect(rolesIn(new UnsecuredJWT({ roles: ["Mail.Send", "User.Read.All"] }).encode())).toEqual(["Mail.Send", "User.Read.All"]);
    expect(rolesIn(new UnsecuredJWT({ sub: "x" }).encode())).toEqual([]);
  });

  it("aren't known of a token that can't be read", () => {
    expect(rolesIn("an opaque token")).toBeNull();
    expect(rolesIn(new UnsecuredJWT({ roles: "Mail.Send" }).encode())).toBeNull();
  });
});
