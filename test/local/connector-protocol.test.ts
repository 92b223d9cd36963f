import { existsSync, readFileSync } from "node:fs";
import { afterEach, describe, expect, it } from "@jest/globals";
import ajvModule from "ajv-draft-04";
import { activitiesOf, ana, card, cardMessage, newChat, stopAll, textMessage, world } from "./connector-fixture.ts";

afterEach(stopAll);

const file = "../shared/specs/bot-connector/botframework-channel.json";
const withSpec = existsSync(file) ? describe : describe.skip;

function validator() {
  const { definitions } = JSON.parse(readFileSync(file, "utf8")) as { definitions: object };
  const Ajv = (ajvModule as unknown as { default?: typeof ajvModule }).default ?? ajvModule;
  const ajv = new (Ajv as unknown as typeof ajvModule.default)({ strict: false, validateFormats: false });
  ajv.addSchema({ id: "channel", definitions });
  return (definition: string, value: unknown) => {
    const valid = ajv.validate(`channel#/definitions/${definition}`, value);
    return valid ? [] : ajv.errors;
  };
}

withSpec("against Microsoft's description of the Bot Connector", () => {
  it("every activity that the bot gets is one", async () => {
    const faults = validator();
    const { connector, received, call, open } = await world({ installedFromStart: () => false });
    const person = connector.client(ana.objectId);
    await person.install();
    await person.say("Hello");
    const sent = await call("POST", activitiesOf(await open(ana)), cardMessage(card("Check-in")));
    await person.press(sent.body.id, { type: "Action.Execute", verb: "x" });
    await person.press(sent.body.id, { type: "Action.Submit" });
    await person.uninstall();
    expect(received.map(({ type }) => type as string)).toEqual([
      "conversationUpdate",
      "installationUpdate",
      "message",
      "invoke",
      "message",
      "installationUpdate",
    ]);
    for (const activity of received) {
      // Teams sends the text as HTML in an attachment whose content is a string, which the description doesn't foresee.
      const described = activity["attachments"] === undefined ? activity : { ...activity, attachments: [] };
      expect(faults("Activity", described)).toEqual([]);
    }
  });

  it("every answer has its definition's shape", async () => {
    const faults = validator();
    const { call, open } = await world();
    const created = await call("POST", "v3/conversations", newChat(ana.objectId));
    expect(faults("ConversationResourceResponse", created.body)).toEqual([]);
    const path = activitiesOf(await open(ana));
    expect(faults("ResourceResponse", (await call("POST", path, textMessage("Hello"))).body)).toEqual([]);
    const refused = await call("POST", path, { type: "message" });
    expect(faults("ErrorResponse", refused.body)).toEqual([]);
    const members = await call("GET", path.replace("activities", "pagedmembers"));
    expect(faults("PagedMembersResult", members.body)).toEqual([]);
  });

  it("the check itself notices an activity that is none", () => {
    expect(validator()("Activity", { type: "message", membersAdded: "everyone" })).not.toEqual([]);
  });
});
