/** Something that can be done, so that it reads after a name: "Ana closed the survey", "Ana tried to close the survey". */
export interface Deed {
  readonly past: string;
  readonly base: string;
  /**
   * With "{of *|of somebody|of their own}" where the subject's name goes in for "*"; after the bars stands what is said
   * without a name, and of the one who did it.
   */
  readonly what: string;
}

const deed = (past: string, base: string, what: string): Deed => ({ past, base, what });

const openRound = deed("opened", "open", "a check-in round");
const closeRound = deed("closed", "close", "a check-in round");
const remindRound = deed("reminded", "remind", "those who hadn't answered a check-in");
const retryRound = deed("sent", "send", "the failed cards of a check-in round again");
const bookMeeting = deed("booked", "book", "{*|a meeting}");
const moveMeeting = deed("moved", "move", "{*|a meeting}");
const cancelMeeting = deed("cancelled", "cancel", "{*|a meeting}");
const updateMeeting = deed("wrote up", "write up", "{*|a meeting}");
const changeMeeting = deed("changed", "change", "{*|a meeting}");
const retryMeeting = deed("sent", "send", "the failed cards of {*|a meeting} again");
const poll = deed("asked", "ask", "which dates suit people for a meeting");
const decide = deed("chose", "choose", "one of the dates that people were asked about");
const openWave = deed("opened", "open", "the survey");
const closeWave = deed("closed", "close", "the survey");
const shareWave = deed("shared", "share", "the survey's results");
const publish = deed("published", "publish", "what changed after the survey");
const handOver = deed("handed", "hand", "the network over{ to *|}");
const endLinks = deed("ended", "end", "the links that were mailed to {*|somebody|them}");
const changeSettings = deed("changed", "change", "the settings");
const erase = deed("erased", "erase", "what they had answered");
const install = deed("had", "have", "the app installed for everybody who can have it");
const take = deed("took", "take", "on a team's request");
const finish = deed("marked", "mark", "a team's request as done");

/** By the action's name: what features record, and requests to the API that change something. */
export const deeds: Readonly<Record<string, Deed>> = {
  "roster.import": deed("imported", "import", "the roster"),
  "POST roster": deed("sent", "send", "a roster file"),
  "person.link": deed("recognised", "recognise", "{*'s|somebody's} account"),
  "person.leave": deed("took", "take", "{*|somebody|themselves} out of the roster"),
  "PATCH people/:id": deed("changed", "change", "{*'s|somebody's|their own} entry in the roster"),
  "network.export": deed("took", "take", "a copy of all that the network has"),
  "network.hand-over": handOver,
  "POST network/hand-over": handOver,
  "links.revoke": endLinks,
  "DELETE people/:id/links": endLinks,
  "my-data.erase": erase,
  "DELETE me/data": erase,
  "PATCH me/non-working": deed("said", "say", "when they don't work"),
  "round.open": openRound,
  "POST check-in-rounds": openRound,
  "round.close": closeRound,
  "POST check-in-rounds/:id/close": closeRound,
  "round.remind": remindRound,
  "POST check-in-rounds/:id/remind": remindRound,
  "round.retry": retryRound,
  "POST check-in-rounds/:id/retry": retryRound,
  "installs.start": install,
  "POST installs": install,
  "request.taken": take,
  "request.done": finish,
  "POST requests": take,
  "PATCH requests/:id": deed("moved", "move", "a team's request on"),
  "POST meetings/plan": deed("looked", "look", "for dates for meetings"),
  "meeting.book": bookMeeting,
  "POST meetings": bookMeeting,
  "meeting.move": moveMeeting,
  "meeting.cancel": cancelMeeting,
  "DELETE meetings/:id": cancelMeeting,
  "meeting.update": updateMeeting,
  "PATCH meetings/:id": changeMeeting,
  "meeting.retry": retryMeeting,
  "POST meetings/:id/retry": retryMeeting,
  "POST meetings/:id/rsvp": deed("answered", "answer", "whether they come to {*|a meeting}"),
  "meeting.poll": poll,
  "POST meetings/plan/poll": poll,
  "POST meetings/polls/:id/decide": decide,
  "pulse.open": openWave,
  "POST pulse-waves": openWave,
  "pulse.close": closeWave,
  "POST pulse-waves/:id/close": closeWave,
  "pulse.share": shareWave,
  "POST pulse-waves/:id/share": shareWave,
  "pulse.change": publish,
  "POST pulse-waves/:id/changes": publish,
  "settings.change": changeSettings,
  "PATCH settings": changeSettings,
  "retention.forget": deed("deleted", "delete", "what had been kept for long enough"),
  "GET exports/audit-log.csv": deed("downloaded", "download", "the audit log"),
  "GET exports/evidence.xlsx": deed("downloaded", "download", "the evidence pack"),
  "GET exports/evidence.csv": deed("downloaded", "download", "a part of the evidence pack"),
};

/** By a request's path: what was looked at. */
export const looks: Readonly<Record<string, string>> = {
  people: "the people",
  installs: "who has the app",
  deliveries: "the cards that were sent",
  "caseload-summary": "the caseload summary",
  "check-in-rounds": "the check-in rounds",
  "check-in-rounds/:id": "a check-in round",
  meetings: "the meetings",
  "meetings/:id": "{*|a meeting}",
  "meetings/polls": "the polls about dates",
  "pulse-waves": "the surveys",
  "pulse-waves/:id/summary": "a survey's results",
  "pulse-results": "which surveys have results",
  settings: "the settings",
  "audit-log": "the audit log",
  requests: "the teams' requests",
  overview: "the overview",
  teams: "the teams",
  "teams/:id": "{*|a team}",
  "exports/evidence": "the evidence pack",
};

/** By a card's button. */
export const botDeeds: Readonly<Record<string, Deed>> = {
  "request.take": take,
  "request.done": finish,
  "meeting.book": bookMeeting,
  "meeting.ask": poll,
  "pulse.openWave": openWave,
  "pulse.closeWave": closeWave,
  "pulse.giveUp": deed("gave", "give", "the survey up"),
  "pulse.share": shareWave,
  "pulse.publishChange": publish,
};

/** By a field of somebody's entry in the roster. */
export const fieldsInWords: Readonly<Record<string, string>> = {
  awayUntil: "until when they are away",
  deputy: "who stands in for them",
  stopped: "whether they get messages",
  role: "their role",
  scope: "what they look after",
};
