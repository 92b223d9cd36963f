import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { Link, useLocation } from "wouter";

export interface SubPagesProps {
  /** What they are parts of, for people who hear it. */
  readonly label: string;
  /** Addresses such as "check-ins/teams"; the first one stands for everything that none of the others has. */
  readonly pages: readonly { readonly to: string; readonly title: string }[];
}

const useStyles = makeStyles({
  list: {
    display: "flex",
    flexWrap: "wrap",
    gap: tokens.spacingHorizontalXS,
    margin: 0,
    padding: 0,
    listStyleType: "none",
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  link: {
    display: "block",
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    color: tokens.colorNeutralForeground2,
    textDecorationLine: "none",
    borderBottom: "2px solid transparent",
    ":hover": { color: tokens.colorNeutralForeground1, borderBottomColor: tokens.colorNeutralStroke1 },
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: "-2px" },
  },
  current: {
    color: tokens.colorNeutralForeground1,
    fontWeight: tokens.fontWeightSemibold,
    borderBottomColor: tokens.colorCompoundBrandStroke,
  },
  print: { "@media print": { display: "none" } },
});

/** The pages that a page consists of, as links with the present one marked. */
export function SubPages({ label, pages }: SubPagesProps) {
  const styles = useStyles();
  const [location] = useLocation();
  const current = pages.slice(1).find(({ to }) => `${location}/`.startsWith(`/${to}/`)) ?? pages[0];
  return (
    <nav aria-label={label} className={styles.print}>
      <ul className={styles.list}>
        {pages.map(({ to, title }) => (
          <li key={to}>
            <Link
              href={`/${to}`}
              className={mergeClasses(styles.link, to === current?.to && styles.current)}
              aria-current={to === current?.to ? "page" : undefined}
            >
              {title}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
