import { jest } from "@jest/globals";

// Some tests drive a year of rounds, or a browser; a busy machine shouldn't fail them.
jest.setTimeout(90_000);
