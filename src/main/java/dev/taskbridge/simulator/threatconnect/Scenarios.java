package dev.taskbridge.simulator.threatconnect;

import static dev.taskbridge.simulator.threatconnect.Scenario.Doer.IT;
import static dev.taskbridge.simulator.threatconnect.Scenario.Doer.SOC;

import dev.taskbridge.simulator.threatconnect.Scenario.Doer;
import dev.taskbridge.simulator.threatconnect.Scenario.Step;
import java.util.List;

/** What a SOC sees in a week. */
final class Scenarios {
  private static final String HIGH = "High";
  private static final String MEDIUM = "Medium";
  private static final String LOW = "Low";
  private static final String CRITICAL = "Critical";

  static final List<Scenario> ALL =
      List.of(
          new Scenario(
              "Phishing: \"{subject}\" sent to {few} mailboxes in {department}",
              "Reported by {person} through the button in the mail client. The link leads to"
                  + " {domain}, a copy of our sign-in page that was registered two days ago.",
              "Phishing",
              List.of(MEDIUM, MEDIUM, HIGH, HIGH, LOW),
              List.of(
                  required(1, "Confirm that the mail is malicious", 2, SOC)
                      .text(
                          "Headers, links, attachment. Compare the sender with earlier campaigns."),
                  step(1, "Find every recipient of the mail", 4, SOC)
                      .text("Message trace by sender, subject and link; attach the list.")
                      .input("Email Address"),
                  required(2, "Block {domain} on proxy and DNS", 6, IT)
                      .text(
                          "Add {domain} and {ip} to the deny lists; note the change number here."),
                  step(2, "Remove the mail from all mailboxes", 8, IT)
                      .text("Search and purge. Keep one copy as evidence.")
                      .waits(),
                  required(3, "Reset passwords of those who clicked", 12, IT)
                      .text("Revoke sessions as well, or the stolen cookie stays good.")
                      .waits(),
                  step(4, "Tell {department} what happened", 30, SOC)
                      .text("Two sentences, no blame. Thank {person} for the report.")
                      .waits())),
          new Scenario(
              "Malware on {host}: {malware} loader found by EDR",
              "EDR stopped {file} (SHA-256 {hash}) on {host}, used by {person}. Parent process was"
                  + " a macro in a document from {domain}.",
              "Malware",
              List.of(HIGH, HIGH, MEDIUM, CRITICAL),
              List.of(
                  required(1, "Isolate {host} from the network", 1, IT)
                      .text("Network containment through EDR; tell {person} by phone first."),
                  required(1, "Triage the alert for {file}", 2, SOC)
                      .text("Was it stopped before or after it ran? Look at child processes."),
                  step(2, "Detonate {file} in the sandbox", 4, SOC)
                      .text("Attach the report. Look for `{domain}` and {ip} in the traffic.")
                      .input("File Hash"),
                  step(2, "Hunt for {hash} on all endpoints", 8, SOC)
                      .text("- EDR: last 30 days\n- proxy logs: {domain}\n- mail: same attachment")
                      .waits(),
                  required(3, "Rebuild {host}", 48, IT)
                      .text(
                          "From the current image. Restore the user's files from before {malware}.")
                      .waits(),
                  step(3, "Change credentials used on {host}", 24, IT)
                      .text("Local admin, service accounts, and {person}'s own."),
                  step(4, "Write detection for the {malware} loader", 72, SOC)
                      .text("Process tree plus the mutex from the sandbox report.")
                      .waits())),
          new Scenario(
              "Impossible travel: {login} signed in from {city} and {city2}",
              "Two successful sign-ins 40 minutes apart, the second from {ip} with a new device and"
                  + " a mail rule that forwards to {domain}.",
              "Account Takeover",
              List.of(MEDIUM, HIGH, HIGH),
              List.of(
                  required(1, "Ask {person} whether it was them", 1, SOC)
                      .text("By phone, at the number in the directory, not the one in the mail."),
                  required(2, "Revoke sessions and reset {login}", 2, IT)
                      .text("Also remove the authenticator that was added today."),
                  step(2, "Remove forwarding rules to {domain}", 3, IT)
                      .text("Check delegates and OAuth consents as well.")
                      .waits(),
                  step(3, "Review what {login} opened since the sign-in", 24, SOC)
                      .text("Mail items accessed, SharePoint downloads, VPN.")
                      .waits(),
                  step(4, "Decide whether data protection must be told", 60, SOC)
                      .text("72 hours begin when we know. Legal decides, we prepare the facts.")
                      .waits())),
          new Scenario(
              "Ransomware note on {server}",
              "Files on {server} carry the extension .{malware}; a note names {domain}. Encryption"
                  + " began at 03:12 UTC from a session of {login}.",
              "Ransomware",
              List.of(CRITICAL, CRITICAL, HIGH),
              List.of(
                  required(1, "Cut {server} off the network", 1, IT)
                      .text("Unplug, do not shut down: memory is evidence."),
                  required(1, "Call the incident lead and open the bridge", 1, SOC)
                      .text("Bridge number is on the wall. Legal and communications join at once."),
                  required(1, "Find the first encrypted file", 3, SOC)
                      .text("File server audit log; the account that wrote it is our way in."),
                  required(2, "Disable {login} and rotate its secrets", 3, IT)
                      .text("Kerberos tickets as well; twice krbtgt if it was a domain admin.")
                      .waits(),
                  step(2, "Search for {malware} on all servers", 8, SOC)
                      .text("Hash {hash}, service name, scheduled tasks.")
                      .input("File Hash"),
                  required(3, "Check that the backups are clean", 12, IT)
                      .text("Restore one share into the clean room and scan it."),
                  required(3, "Restore {server} from backup", 48, IT)
                      .text("Only after the way in is closed.")
                      .waits(),
                  step(4, "Lessons learned with all teams", 168, SOC)
                      .text("One hour, no slides. What would have stopped it earlier?")
                      .waits())),
          new Scenario(
              "{cve} on {product}: exposed and exploited in the wild",
              "Scanner and vendor agree: {few} of our {product}s answer from the internet."
                  + " Public exploit since yesterday; probes from {ip} in our logs.",
              "Vulnerability",
              List.of(HIGH, CRITICAL, HIGH, MEDIUM),
              List.of(
                  required(1, "List every {product} we run", 4, IT)
                      .text("Asset database, then the scanner, then ask. Note version and owner."),
                  required(2, "Close access from the internet", 6, IT)
                      .text("Rule on the edge firewall until patched; exceptions need a name."),
                  required(2, "Patch the {product} against {cve}", 36, IT)
                      .text("Vendor's fixed build only. Reboot window agreed with {department}.")
                      .waits(),
                  step(3, "Look for signs of exploitation", 24, SOC)
                      .text("Web shells, new accounts, connections to {ip}."),
                  step(4, "Scan again and attach the result", 60, SOC)
                      .text("No finding left, or an accepted risk with a date.")
                      .waits())),
          new Scenario(
              "Large upload to {domain} by {login}",
              "DLP saw {few} GB leave from {host} to {domain} outside of office hours. {person}"
                  + " leaves the company at the end of the month.",
              "Data Loss",
              List.of(MEDIUM, HIGH, LOW),
              List.of(
                  required(1, "Preserve proxy and DLP logs", 4, SOC)
                      .text("Before they roll over. Hash and store in the evidence share."),
                  required(1, "Involve HR and legal", 6, SOC)
                      .text("No contact with {person} before they agree."),
                  step(2, "Find out which files left", 24, SOC)
                      .text("Names and labels are enough; do not open personal files.")
                      .waits(),
                  step(2, "Restrict {login} to read only", 8, IT)
                      .text("Quietly. Group `DLP-Restricted`, not a disabled account."),
                  step(3, "Collect {host}", 72, IT)
                      .text("Forensic image, chain of custody form, spare laptop for {person}.")
                      .waits())),
          new Scenario(
              "Credential stuffing against the customer portal",
              "{many} sign-in attempts in one hour from {few} networks, {ip} among them; about one"
                  + " in 800 succeeds. List looks like the breach published on Monday.",
              "Credential Stuffing",
              List.of(HIGH, MEDIUM, MEDIUM),
              List.of(
                  required(1, "Turn on the stricter rate limit", 1, IT)
                      .text("Profile `portal-under-attack`. Watch false positives on mobile."),
                  step(1, "List accounts with a successful sign-in", 4, SOC)
                      .text("From the attacking networks only; attach as CSV."),
                  required(2, "Force a new password for those accounts", 8, IT)
                      .text("Customer care has the text of the mail.")
                      .waits(),
                  step(3, "Check orders placed from them", 24, SOC)
                      .text("Changed delivery addresses first.")
                      .waits(),
                  step(4, "Propose multi-factor for the portal", 120, SOC)
                      .text("Numbers of this week make the case."))),
          new Scenario(
              "Access key of {service} published on a code host",
              "Secret scanning found a live key for {service} in a public repository of a contractor."
                  + " First use from {ip} eleven minutes after the push.",
              "Cloud",
              List.of(HIGH, CRITICAL, MEDIUM),
              List.of(
                  required(1, "Disable the key", 1, IT)
                      .text("Disable, do not delete: the audit trail hangs on it."),
                  required(1, "List what the key did since the push", 3, SOC)
                      .text("Cloud audit log, all regions. New users, instances, shared snapshots.")
                      .input("IP Address"),
                  step(2, "Remove what the intruder created", 8, IT)
                      .text("Instances in unused regions are the usual find.")
                      .waits(),
                  step(3, "Issue a new key through the vault", 24, IT)
                      .text("Short-lived, scoped to {service}.")
                      .waits(),
                  step(4, "Talk with the contractor", 96, SOC)
                      .text("Pre-commit hook is in the onboarding pack."))),
          new Scenario(
              "Lost laptop of {person}, {department}",
              "Left in a train between {city} and {city2}. Disk is encrypted; last contact 18:40"
                  + " UTC. Sticker with the asset number on the lid.",
              "Lost Device",
              List.of(LOW, LOW, MEDIUM),
              List.of(
                  required(1, "Send the wipe command to {host}", 2, IT)
                      .text("Confirm that BitLocker was on at the last check-in."),
                  step(1, "Write down what was on it", 6, SOC)
                      .text("Local files, cached mail, tokens. Ask {person}."),
                  step(2, "Revoke certificates and tokens", 8, IT)
                      .text("VPN, Wi-Fi, software signing if any."),
                  step(3, "Order a replacement", 48, IT).text("Same model; delivery to {city}."))),
          new Scenario(
              "DDoS on {service}: {many} requests per second",
              "Since 14:05 UTC, mostly from {ip} and its neighbours. A mail from {domain} asks for"
                  + " payment and names Friday.",
              "DDoS",
              List.of(HIGH, HIGH, CRITICAL),
              List.of(
                  required(1, "Route {service} through the scrubbing center", 1, IT)
                      .text("Runbook 7. The BGP change takes five minutes to settle."),
                  step(1, "Keep the extortion mail as evidence", 2, SOC)
                      .text("Original with headers. We do not answer."),
                  step(2, "Tune the filter to the attack", 6, SOC)
                      .text("User agent and path are constant so far.")
                      .waits(),
                  step(3, "Report to the police", 48, SOC)
                      .text("Contact is in the address book under C."),
                  step(4, "Review capacity of {service}", 120, IT)
                      .text("Peak was four times what we planned for.")
                      .waits())),
          new Scenario(
              "Beaconing from {host} to {domain}",
              "Every 63 seconds with little jitter, 2 KB each way, TLS with a certificate issued by"
                  + " nobody. Began after an update of the {product}.",
              "Command and Control",
              List.of(HIGH, MEDIUM, CRITICAL),
              List.of(
                  required(1, "Find the process behind the connection", 2, SOC)
                      .text("EDR network events for {ip}; note the signer of the binary."),
                  step(1, "Ask the vendor of the {product}", 8, IT)
                      .text("Is {domain} theirs? Telemetry looks like this, too."),
                  required(2, "Block {ip} at the edge", 3, IT)
                      .text("Sinkhole the name so that others show themselves."),
                  step(3, "Hunt for the same pattern elsewhere", 24, SOC)
                      .text("Interval 60-66 s, bytes out < 3000, last 14 days.")
                      .waits(),
                  step(4, "Close as true or false positive", 72, SOC)
                      .text("With the reason, so that the next shift does not start again.")
                      .waits())),
          new Scenario(
              "Supplier {supplier} reports a breach",
              "Mail from their CISO: intruder in their ticket system for three weeks. We have {few}"
                  + " open tickets there, some with configuration files.",
              "Third Party",
              List.of(MEDIUM, HIGH, LOW),
              List.of(
                  required(1, "Read our tickets at {supplier} for secrets", 12, SOC)
                      .text("Attachments first. List what must be changed."),
                  required(2, "Rotate what was in the tickets", 36, IT)
                      .text("One subtask each in the change; tick off here.")
                      .waits(),
                  step(2, "Cut their VPN until they are clean", 4, IT)
                      .text("{department} knows and has a workaround."),
                  step(3, "Ask for their indicators", 24, SOC)
                      .text("Import as a group, hunt back 30 days."),
                  step(4, "Review the contract's notice period", 168, SOC)
                      .text("Three weeks is not \"without undue delay\"."))));

  private Scenarios() {}

  private static Step required(int phase, String name, int hours, Doer doer) {
    return new Step(phase, name, "", doer, true, false, hours, "");
  }

  private static Step step(int phase, String name, int hours, Doer doer) {
    return new Step(phase, name, "", doer, false, false, hours, "");
  }
}
