import { Button, FluentProvider, teamsLightTheme, Text, Title2, tokens } from "@fluentui/react-components";

/** The whole tab when it can't go on: why, and what to do. */
export function Stopped({ message }: { readonly message: string }) {
  return (
    <FluentProvider theme={teamsLightTheme}>
      <main style={{ padding: tokens.spacingVerticalXXL, display: "grid", gap: tokens.spacingVerticalL, justifyItems: "start" }}>
        <Title2 as="h1">Steady can’t open</Title2>
        <Text role="alert">{message}</Text>
        <Button appearance="primary" onClick={() => location.reload()}>
          Try again
        </Button>
      </main>
    </FluentProvider>
  );
}
