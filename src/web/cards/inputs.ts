import { ChoiceSetInput, NumberInput } from "adaptivecards";

/**
 * A number field that may be left empty. The library's own compares an empty field (NaN) with min and max, and so
 * refuses every empty field that has bounds, required or not.
 */
export class BlankableNumberInput extends NumberInput {
  override isValid(): boolean {
    const field = this.renderedInputControlElement;
    const unreadable = field instanceof HTMLInputElement && field.validity.badInput;
    if (unreadable) return false;
    return this.isSet() ? super.isValid() : !this.isRequired;
  }
}

let groups = 0;

/**
 * A choice whose radio buttons are its own. The library names them after the input's id, so that in a page with two
 * cards of one kind, choosing in one would clear the other.
 */
export class SeparateChoiceSetInput extends ChoiceSetInput {
  protected override internalRender(): HTMLElement | undefined {
    const rendered = super.internalRender();
    groups += 1;
    for (const radio of rendered?.querySelectorAll("input") ?? []) radio.name = `choice-${groups}`;
    return rendered;
  }
}
