import { Button, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { ChevronDownRegular, LinkRegular } from "@fluentui/react-icons";
import { type FocusEvent, type KeyboardEvent, useEffect, useRef, useState } from "react";
import { Link, useLocation } from "wouter";
import { useHost } from "./host/use-host.ts";
import type { TabPage } from "./pages.ts";

const useStyles = makeStyles({
  bar: {
    display: "flex",
    alignItems: "center",
    gap: tokens.spacingHorizontalS,
    minHeight: "48px",
    paddingInline: tokens.spacingHorizontalXXL,
    backgroundColor: tokens.colorNeutralBackground1,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    position: "sticky",
    top: 0,
    zIndex: 10,
    "@media (max-width: 900px)": { paddingInline: tokens.spacingHorizontalM },
    "@media print": { display: "none" },
  },
  skip: {
    position: "absolute",
    left: "-999em",
    ":focus": { position: "static", left: "auto" },
  },
  links: { display: "flex", gap: tokens.spacingHorizontalXXS, flexGrow: 1, listStyleType: "none", margin: 0, padding: 0, "@media (max-width: 900px)": { display: "none" } },
  link: {
    display: "block",
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalM}`,
    color: tokens.colorNeutralForeground2,
    textDecorationLine: "none",
    borderBottom: "2px solid transparent",
    fontSize: tokens.fontSizeBase300,
    lineHeight: tokens.lineHeightBase300,
    whiteSpace: "nowrap",
    ":hover": { color: tokens.colorNeutralForeground1, borderBottomColor: tokens.colorNeutralStroke1 },
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: "-2px" },
  },
  current: { color: tokens.colorNeutralForeground1, fontWeight: tokens.fontWeightSemibold, borderBottomColor: tokens.colorCompoundBrandStroke },
  narrow: { display: "none", flexGrow: 1, position: "relative", "@media (max-width: 900px)": { display: "block" } },
  menu: {
    position: "absolute",
    top: "100%",
    left: 0,
    minWidth: "14rem",
    margin: 0,
    padding: tokens.spacingVerticalXS,
    listStyleType: "none",
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderRadius: tokens.borderRadiusMedium,
    boxShadow: tokens.shadow16,
  },
});

/** The pages as links; on a narrow screen as a menu. */
export function Navigation({ pages }: { readonly pages: readonly TabPage[] }) {
  const styles = useStyles();
  const host = useHost();
  const [location] = useLocation();
  const [said, setSaid] = useState("");
  const current = pages.find(({ name }) => location.split("/")[1] === name);
  useEffect(() => {
    document.title = current === undefined ? "Steady" : `${current.title} · Steady`;
  }, [current]);
  const share = host.share;
  return (
    <header className={styles.bar}>
      <a className={mergeClasses(styles.link, styles.skip)} href="#main" onClick={skipToMain}>
        Skip to the page
      </a>
      <nav aria-label="Pages" style={{ display: "contents" }}>
        <ul className={styles.links}>
          <PageLinks pages={pages} current={current} />
        </ul>
        <PageMenu pages={pages} current={current} />
      </nav>
      {share !== null && (
        <Button
          appearance="subtle"
          icon={<LinkRegular />}
          onClick={() => {
            share(location.slice(1), current?.title ?? "Steady");
            setSaid("A link to this page is ready to share.");
          }}
        >
          Share
        </Button>
      )}
      <span role="status" style={{ position: "absolute", width: 1, height: 1, overflow: "hidden", clipPath: "inset(50%)" }}>
        {said}
      </span>
    </header>
  );
}

interface PagesProps {
  readonly pages: readonly TabPage[];
  readonly current: TabPage | undefined;
}

/** The pages as items of a list; the one that is open is marked. */
function PageLinks({ pages, current, onChoose }: PagesProps & { readonly onChoose?: () => void }) {
  const styles = useStyles();
  return pages.map(({ name, title }) => {
    const isCurrent = current?.name === name;
    return (
      <li key={name}>
        <Link
          href={`/${name}`}
          className={mergeClasses(styles.link, isCurrent && styles.current)}
          aria-current={isCurrent ? "page" : undefined}
          {...(onChoose === undefined ? {} : { onClick: onChoose })}
        >
          {title}
        </Link>
      </li>
    );
  });
}

/**
 * The pages behind a button, for narrow screens: a disclosure rather than Fluent UI's menu, which would double the script
 * that a phone waits for.
 */
function PageMenu({ pages, current }: PagesProps) {
  const styles = useStyles();
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLDivElement>(null);
  const onKeyDown = ({ key }: KeyboardEvent) => {
    if (key !== "Escape" || !isOpen) return;
    setOpen(false);
    button.current?.querySelector("button")?.focus();
  };
  const onBlur = ({ currentTarget, relatedTarget }: FocusEvent) => {
    if (relatedTarget instanceof Node && !currentTarget.contains(relatedTarget)) setOpen(false);
  };
  return (
    <div className={styles.narrow} ref={button} onKeyDown={onKeyDown} onBlur={onBlur}>
      <Button
        appearance="subtle"
        icon={<ChevronDownRegular />}
        iconPosition="after"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        {current?.title ?? "Pages"}
      </Button>
      {isOpen && (
        <ul className={styles.menu}>
          <PageLinks pages={pages} current={current} onChoose={() => setOpen(false)} />
        </ul>
      )}
    </div>
  );
}

/** The address's hash is the page, so the skip link moves the focus by itself. */
function skipToMain(event: { preventDefault(): void }): void {
  event.preventDefault();
  document.getElementById("main")?.focus();
}
