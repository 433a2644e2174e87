package dev.taskbridge.simulator.threatconnect;

import java.util.List;

/**
 * A kind of incident with the workflow a SOC runs for it. Texts hold {@code {slots}} that {@link
 * Vocabulary} fills.
 *
 * @param title of the case
 * @param severities what such cases are rated, more common ones repeated
 */
record Scenario(
    String title, String description, String tag, List<String> severities, List<Step> steps) {

  /** Who usually does a step. */
  enum Doer {
    SOC,
    IT
  }

  /**
   * One task of the workflow.
   *
   * @param afterPrevious waits for the step before it
   * @param hours after the case was opened until it is due; 0 for no due date
   * @param input the type of artifact the task asks for; empty for none
   */
  record Step(
      int phase,
      String name,
      String description,
      Doer doer,
      boolean required,
      boolean afterPrevious,
      int hours,
      String input) {
    Step text(String text) {
      return new Step(phase, name, text, doer, required, afterPrevious, hours, input);
    }

    Step waits() {
      return new Step(phase, name, description, doer, required, true, hours, input);
    }

    Step input(String type) {
      return new Step(phase, name, description, doer, required, afterPrevious, hours, type);
    }
  }
}
