export const botId = "b0b0b0b0-1111-4222-8333-444455556666";
export const tabId = "7ab7ab7a-1111-4222-8333-444455556666";

/** All that a package needs of the environment. */
export const environment = { PUBLIC_URL: "https://steady.example.org", MicrosoftAppId: botId, ENTRA_CLIENT_ID: tabId };
