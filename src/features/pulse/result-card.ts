import { noticeCard, type NoticeCard } from "../../kernel/card-layouts.ts";
import type { Card, CardTemplates } from "../../kernel/cards.ts";
import { dateIn, dayInWords, type LocalDate } from "../../kernel/time.ts";
import { supportSection } from "./cards.ts";
import type { Wave, WaveResults } from "./model.ts";
import { suppressionInWords } from "./suppression-words.ts";
import {
  coverageInWords,
  footerOf,
  groupInWords,
  measureOf,
  responseInWords,
  scoreInWords,
  spreadInWords,
  surveyName,
} from "./words.ts";

/** What a card of results is drawn from. */
export interface ResultFacts {
  readonly network: string;
  readonly wave: Wave;
  readonly results: WaveResults;
  readonly zone: string;
  /** In that zone. */
  readonly today: LocalDate;
  readonly supportLines: readonly string[];
}

type Sections = NonNullable<NoticeCard["sections"]>;

/** What came of a wave, as it was published: of the network and of groups, never of anybody alone. */
export function resultCard(templates: CardTemplates, facts: ResultFacts): Card {
  const { wave, results, network } = facts;
  return noticeCard(templates, {
    title: `${surveyName} The results`,
    about: spanInWords(facts),
    highlight: scoreOf(facts),
    sections: [
      { heading: "Who answered", lines: [responseInWords(results), ...coverageInWords(results.people, wave.asked)] },
      ...groupsPart(facts),
      ...bandsPart(facts),
      { heading: "About the questions", lines: [wave.instrument.citation], separator: true },
      supportSection(facts.supportLines),
    ],
    footer: footerOf(network, wave),
  });
}

/** "Tuesday 24 November to Tuesday 8 December". */
function spanInWords({ wave, zone, today }: ResultFacts): string {
  const day = (at: Wave["openedAt"]) => dayInWords(dateIn(zone, at), today);
  const [first, last] = [day(wave.openedAt), day(wave.closedAt ?? wave.closesAt)];
  return first === last ? first : `${first} to ${last}`;
}

function scoreOf({ wave, results }: ResultFacts): NonNullable<NoticeCard["highlight"]> {
  const { score } = results;
  const measure = measureOf(wave.instrument);
  if (score.kind === "suppressed") {
    return { style: "emphasis", title: `${measure}: no score`, text: suppressionInWords(score.why, wave.threshold, "It") };
  }
  const text = "Higher is worse; 100 is the most. “Give or take” says how far chance may have moved it (95% interval).";
  return { style: "accent", title: `${measure}: ${scoreInWords(score)}`, text };
}

function groupsPart({ wave, results }: ResultFacts): Sections {
  if (results.score.kind === "suppressed" && results.score.why === "lost") return [];
  const lines = results.groups.map((group) => groupInWords(group, wave.threshold));
  const none = `There are too few people for groups that would nearly always reach ${wave.threshold} answers, so there is one result for all.`;
  return [{ heading: "Groups", lines: lines.length === 0 ? [none] : lines }];
}

function bandsPart({ wave, results }: ResultFacts): Sections {
  if (results.bands.kind === "suppressed" && results.bands.why === "lost") return [];
  const note = results.bands.kind === "suppressed" ? [] : [wave.instrument.bandsNote];
  return [{ heading: "How people's scores spread", lines: [...spreadInWords(results.bands, wave.threshold), ...note] }];
}
