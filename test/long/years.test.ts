import { it } from "@jest/globals";
import { yearOfRounds, yearOfWaves } from "../app/years.ts";

it("opens and closes check-ins when they are due, looked at on every day of a year", () => yearOfRounds(() => true), 180_000);

it("keeps the rhythm of surveys, looked at on every working day of a year", () => yearOfWaves(() => true), 180_000);
