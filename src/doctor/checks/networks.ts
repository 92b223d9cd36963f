import { failed, fine, type Verdict, warning } from "../model.ts";
import type { NetworkFacts } from "../store-facts.ts";

/**
 * What to make of the networks: whether there is one, whether somebody can run each, and what is set for it.
 * @param admins how many object ids STEADY_ADMINS names
 */
export function judgeNetworks(networks: readonly NetworkFacts[], admins: number): Verdict[] {
  if (networks.length === 0) {
    return [failed(
      "There is no network yet.",
      'Import its roster: "npm run steady -- roster import FILE --network NAME".',
    )];
  }
  return networks.flatMap((network, place) => judgeNetwork(network, place === 0 ? admins : 0));
}

function judgeNetwork({ name, runners, knownAdmins, nextRound, hasOpenRound, survey, app }: NetworkFacts, admins: number): Verdict[] {
  const found: Verdict[] = [];
  // STEADY_ADMINS are the first network's.
  const byEnvironment = admins > 0 ? knownAdmins : 0;
  if (runners + byEnvironment === 0) {
    found.push(failed(
      `Nobody can run ${name}: it has neither an admin nor a lead of all of it.`,
      "Give somebody that role in the roster and import it again.",
    ));
  }
  if (admins > knownAdmins) {
    const strangers = admins - knownAdmins;
    found.push(
      warning(
        `${strangers} of the ${admins} ids in STEADY_ADMINS ${strangers === 1 ? "belongs" : "belong"} to nobody of ${name} whose account is known.`,
        "Correct STEADY_ADMINS, or give these people their aad_object_id in the roster.",
      ),
    );
  }
  // Before the first survey nobody has seen them.
  if (survey.hasBeen && survey.unchecked > 0) {
    found.push(
      warning(
        `${survey.unchecked} of ${survey.supportLines} support lines of ${name} haven't been checked within a year.`,
        "Ring them, and note the day in the network's settings (pulse, support lines).",
      ),
    );
  }
  if (found.length > 0) return found;
  const round = hasOpenRound ? "a round is open" : "no round is open";
  const next = nextRound === null ? "rounds open by hand only" : `the next opens on ${nextRound}`;
  return [fine(`${name}: ${app.people} people, ${runners} of whom run it; ${round}, ${next}.`)];
}
