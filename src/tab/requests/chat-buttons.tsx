import { Button } from "@fluentui/react-components";
import { ChatRegular, MailRegular } from "@fluentui/react-icons";
import type { RequestResource } from "../../features/check-ins/contract.ts";
import { useHost } from "../host/use-host.ts";

/** A button for each manager that opens their chat in Teams, or a mail to whoever Teams can't reach. */
export function ChatButtons({ managers }: { readonly managers: RequestResource["managers"] }) {
  const host = useHost();
  return managers.map(({ id, name, chatUrl }) =>
    chatUrl.startsWith("mailto:") ? (
      // A link and no new window: browsers leave an empty one behind when a mail program takes the address.
      <Button key={id} as="a" href={chatUrl} icon={<MailRegular />}>
        Write to {name}
      </Button>
    ) : (
      <Button key={id} icon={<ChatRegular />} onClick={() => host.open(chatUrl)}>
        Chat with {name}
      </Button>
    ),
  );
}
