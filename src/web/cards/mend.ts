import { setAttribute } from "../dom.ts";

/*
 * The card library draws well but describes poorly: groups of radio buttons have no group, error messages are read as
 * part of the label, and buttons repeat their text in three attributes. This puts right what is in the page, as often
 * as the library changes it.
 */

/** Describes everything inside a drawn card as WAI-ARIA wants it. May be called any number of times. */
export function mendCard(root: HTMLElement): void {
  for (const container of root.querySelectorAll<HTMLElement>(".ac-input-container")) mendInput(container);
  for (const button of root.querySelectorAll("button")) mendButton(button);
  for (const shown of root.querySelectorAll("div[aria-expanded]")) setAttribute(shown, "aria-expanded", null);
  for (const inline of root.querySelectorAll("[aria-live]")) setAttribute(inline, "aria-live", null);
}

/** Mends a drawn card now and whenever the library changes it. */
export function keepMended(root: HTMLElement): void {
  mendCard(root);
  new MutationObserver(() => mendCard(root)).observe(root, {
    childList: true,
    subtree: true,
    attributes: true,
    attributeFilter: ["class", "role", "aria-labelledby", "aria-expanded", "title"],
  });
}

function mendInput(container: HTMLElement): void {
  const control = container.firstElementChild;
  if (control === null) return;
  const label = container.previousElementSibling;
  const error = container.nextElementSibling;
  // classList.add tells observers even when nothing changes, and this runs in one.
  if (error?.classList.contains("card-input-error") === false) error.classList.add("card-input-error");
  const facts = {
    label: label === null ? null : label.id,
    error: error === null ? null : error.id,
    invalid: container.querySelector(".ac-input-validation-failed") !== null,
    required: control.classList.contains("ac-input-required") || control.querySelector("[aria-required]") !== null,
  };
  if (control.matches(".ac-choiceSetInput-expanded, .ac-choiceSetInput-multiSelect")) mendGroup(control, label, facts);
  else mendField(control.matches("input, select, textarea") ? control : control.querySelector("input"), facts);
}

interface InputFacts {
  readonly label: string | null;
  readonly error: string | null;
  readonly invalid: boolean;
  readonly required: boolean;
}

function mendGroup(group: Element, label: Element | null, facts: InputFacts): void {
  const single = group.matches(".ac-choiceSetInput-expanded");
  setAttribute(group, "role", single ? "radiogroup" : "group");
  setAttribute(group, "aria-labelledby", facts.label);
  setAttribute(group, "aria-describedby", facts.error);
  if (single) {
    // Radio buttons lose the attribute below, so what was said once must stay said.
    if (facts.required) setAttribute(group, "aria-required", "true");
    setAttribute(group, "aria-invalid", facts.invalid ? "true" : null);
  }
  // A label can't point at a group; it names it through aria-labelledby.
  if (label !== null) setAttribute(label, "for", null);
  for (const choice of group.querySelectorAll("input")) {
    setAttribute(choice, "aria-labelledby", null);
    setAttribute(choice, "aria-label", null);
    setAttribute(choice, "aria-required", null);
  }
}

function mendField(field: Element | null, facts: InputFacts): void {
  if (field === null) return;
  const toggle = field.matches("[type=checkbox]");
  if (facts.label !== null && !toggle) {
    setAttribute(field, "aria-labelledby", facts.label);
    setAttribute(field, "aria-label", null);
  }
  if (toggle) {
    setAttribute(field, "aria-labelledby", null);
    setAttribute(field, "aria-label", null);
  }
  setAttribute(field, "aria-describedby", facts.error);
  setAttribute(field, "aria-invalid", facts.invalid ? "true" : null);
  if (facts.required) setAttribute(field, "aria-required", "true");
}

function mendButton(button: HTMLButtonElement): void {
  const text = button.textContent.trim();
  if (button.getAttribute("role") === "button") setAttribute(button, "role", null);
  if (text === "") return;
  if (button.getAttribute("aria-label") === text) setAttribute(button, "aria-label", null);
  if (button.title === text) setAttribute(button, "title", null);
}
