import { Component, type ReactNode } from "react";
import { inWords } from "../api/problem.ts";
import { ProblemBar } from "./states.tsx";

/** Shows what went wrong in a page instead of an empty screen, and lets it be tried again. */
export class Boundary extends Component<{ readonly children: ReactNode }, { readonly error: unknown }> {
  override state: { readonly error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render() {
    if (this.state.error === null) return this.props.children;
    return <ProblemBar message={inWords(this.state.error)} onRetry={() => this.setState({ error: null })} />;
  }
}
