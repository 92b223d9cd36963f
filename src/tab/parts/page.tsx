import { Link as FluentLink, makeStyles, mergeClasses, Skeleton, SkeletonItem, Text, Title2, tokens } from "@fluentui/react-components";
import type { ReactNode, Ref } from "react";
import { Link } from "wouter";

const useStyles = makeStyles({
  page: { display: "grid", gap: tokens.spacingVerticalXL, gridTemplateColumns: "minmax(0, 1fr)" },
  head: { display: "flex", flexWrap: "wrap", gap: tokens.spacingHorizontalL, alignItems: "flex-start", justifyContent: "space-between" },
  titles: { display: "grid", gap: tokens.spacingVerticalXS, flex: "1 1 280px", minWidth: 0 },
  title: { margin: 0 },
  intro: { color: tokens.colorNeutralForeground2, maxWidth: "70ch" },
  actions: { display: "flex", flexWrap: "wrap", gap: tokens.spacingHorizontalS, "@media print": { display: "none" } },
  section: {
    display: "grid",
    gap: tokens.spacingVerticalM,
    gridTemplateColumns: "minmax(0, 1fr)",
    padding: tokens.spacingVerticalL,
    backgroundColor: tokens.colorNeutralBackground1,
    borderRadius: tokens.borderRadiusXLarge,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    "@media (max-width: 480px)": { padding: tokens.spacingVerticalM },
    "@media print": { border: "none", padding: 0, breakInside: "avoid" },
  },
  // As high as a finger needs, also where several stand below each other.
  link: { display: "inline-block", paddingTop: tokens.spacingVerticalXXS, paddingBottom: tokens.spacingVerticalXXS },
  heading: { margin: 0, fontSize: tokens.fontSizeBase400, lineHeight: tokens.lineHeightBase400, fontWeight: tokens.fontWeightSemibold },
});

export interface PageProps {
  readonly title: string;
  /** What the page is about, and what its figures rest on. */
  readonly intro?: ReactNode;
  /** Buttons beside the title. */
  readonly actions?: ReactNode;
  readonly children?: ReactNode;
  /** Set where the focus goes to the heading once what had it is gone. */
  readonly headingRef?: Ref<HTMLHeadingElement>;
}

/** A page: its one heading of the first level, a line about it, its buttons, and what it shows. */
export function Page({ title, intro, actions, children, headingRef }: PageProps) {
  const styles = useStyles();
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <div className={styles.titles}>
          <Title2 as="h1" className={styles.title} {...(headingRef === undefined ? {} : { ref: headingRef, tabIndex: -1 })}>
            {title}
          </Title2>
          {intro !== undefined && <Text className={styles.intro}>{intro}</Text>}
        </div>
        {actions !== undefined && <div className={styles.actions}>{actions}</div>}
      </div>
      {children}
    </div>
  );
}

export interface SectionProps {
  readonly title: string;
  /** Buttons beside the heading. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  readonly className?: string;
  /** Set where the focus goes to the heading once what had it is gone. */
  readonly headingRef?: Ref<HTMLHeadingElement>;
}

/** A part of a page with a heading of the second level. */
export function Section({ title, actions, children, className, headingRef }: SectionProps) {
  const styles = useStyles();
  return (
    <section className={mergeClasses(styles.section, className)} aria-label={title}>
      <div className={styles.head}>
        <h2 className={styles.heading} {...(headingRef === undefined ? {} : { ref: headingRef, tabIndex: -1 })}>
          {title}
        </h2>
        {actions !== undefined && <div className={styles.actions}>{actions}</div>}
      </div>
      {children}
    </section>
  );
}

/** What stands where a page is about to: as high as most pages' first screen, so that nothing jumps. */
export function PageSkeleton() {
  const styles = useStyles();
  return (
    <Skeleton className={styles.page} aria-label="Loading" style={{ minHeight: "80vh", alignContent: "start" }}>
      <SkeletonItem size={32} style={{ width: "12rem" }} />
      <SkeletonItem style={{ height: "18rem" }} />
      <SkeletonItem style={{ height: "12rem" }} />
    </Skeleton>
  );
}

/** A link to another page of the tab, such as "check-ins/team/…". */
export function PageLink({ to, children }: { readonly to: string; readonly children: ReactNode }) {
  const styles = useStyles();
  return (
    <Link href={`/${to}`} className={styles.link} asChild>
      <FluentLink>{children}</FluentLink>
    </Link>
  );
}

export function NotFound() {
  return <Page title="There is nothing here" intro="The link may be old, or the page isn’t open to you. Choose another page above." />;
}
