package dev.taskbridge.simulation;

import dev.taskbridge.adapter.TicketSystem;
import dev.taskbridge.domain.Comment;
import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.FieldValue;
import dev.taskbridge.domain.FieldValue.Text;
import dev.taskbridge.domain.Outcome;
import dev.taskbridge.domain.Refusal;
import dev.taskbridge.domain.Ticket;
import dev.taskbridge.domain.Written;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Bridges that ask the ticket system wrong, or make the wrong thing of its answers. */
final class WrongTickets {
  private WrongTickets() {}

  static final class BaseIsWhatWasSent extends Flaw {
    @Override
    TicketSystem tickets(TicketSystem real, World world) {
      return new TicketsAround(real) {
        @Override
        public List<Outcome<Written<Ticket>>> update(UpdateTickets update) {
          List<Outcome<Written<Ticket>>> outcomes = new ArrayList<>();
          List<Outcome<Written<Ticket>>> answers = inner.update(update);
          for (int i = 0; i < answers.size(); i++) {
            Map<FieldName, FieldValue> sent = update.updates().get(i).changes();
            outcomes.add(
                answers
                    .get(i)
                    .map(
                        written -> {
                          Ticket now = written.now();
                          for (Map.Entry<FieldName, FieldValue> each : sent.entrySet()) {
                            now = now.with(each.getKey(), each.getValue());
                          }
                          return new Written<>(now, written.refused());
                        }));
          }
          return outcomes;
        }
      };
    }
  }

  static final class CreatesWithoutSearching extends Flaw {
    @Override
    TicketSystem tickets(TicketSystem real, World world) {
      return new TicketsAround(real) {
        @Override
        public Outcome<Found> find(FindByKeys find) {
          return Outcome.done(Found.visible(List.of()));
        }
      };
    }
  }

  static final class LostAnswerIsFailure extends Flaw {
    @Override
    TicketSystem tickets(TicketSystem real, World world) {
      return new TicketsAround(real) {
        @Override
        public List<Outcome<Written<Ticket>>> create(CreateTickets create) {
          return inner.create(create).stream()
              .map(
                  outcome ->
                      outcome.refusal().orElse(null) instanceof Refusal.Unknown unknown
                          ? Outcome.<Written<Ticket>>refused(
                              new Refusal.Unreachable(unknown.words()))
                          : outcome)
              .toList();
        }
      };
    }
  }

  static final class CursorBeforePage extends Flaw {
    private MemoryLinkStore store;

    @Override
    MemoryLinkStore store(World world, Ledger ledger) {
      store = super.store(world, ledger);
      return store;
    }

    @Override
    TicketSystem tickets(TicketSystem real, World world) {
      return new TicketsAround(real) {
        @Override
        public Outcome<TicketPage> changed(ChangedSince since) {
          if (!since.cursor().isEmpty() && !since.scope().settings().containsKey("candidates")) {
            String next = ModelTickets.cursorAt(world);
            store.inTransaction(
                rows -> {
                  rows.setCursor(Settings.SYNC + "/tickets", next);
                  return true;
                });
          }
          return inner.changed(since);
        }
      };
    }
  }

  static final class EchoByUserName extends Flaw {
    @Override
    TicketSystem tickets(TicketSystem real, World world) {
      ModelTickets model = (ModelTickets) real;
      return new TicketsAround(real) {
        @Override
        public Outcome<TicketPage> changed(ChangedSince since) {
          return inner
              .changed(since)
              .map(
                  page ->
                      new TicketPage(
                          page.tickets().stream()
                              .filter(ticket -> !model.isLastByOurAccount(ticket.id()))
                              .toList(),
                          page.nextCursor(),
                          page.more(),
                          page.unreadable()));
        }
      };
    }
  }

  static final class NoSecondLook extends Flaw {
    @Override
    TicketSystem tickets(TicketSystem real, World world) {
      return new TicketsAround(real) {
        private final Map<String, Ticket> seen = new HashMap<>();

        @Override
        public Outcome<TicketPage> changed(ChangedSince since) {
          Outcome<TicketPage> page = inner.changed(since);
          page.value().ifPresent(read -> read.tickets().forEach(each -> seen.put(each.id(), each)));
          return page;
        }

        @Override
        public Outcome<Map<String, Presence>> read(ReadById read) {
          Map<String, Presence> known = new HashMap<>();
          for (String id : read.ids()) {
            if (seen.containsKey(id)) {
              known.put(id, new Presence.Present(seen.get(id)));
            }
          }
          return known.size() == read.ids().size() ? Outcome.done(known) : inner.read(read);
        }
      };
    }
  }

  static final class RewordedIsRefused extends Flaw {
    @Override
    TicketSystem tickets(TicketSystem real, World world) {
      return new TicketsAround(real) {
        @Override
        public List<Outcome<Written<Ticket>>> update(UpdateTickets update) {
          List<Outcome<Written<Ticket>>> outcomes = new ArrayList<>();
          List<Outcome<Written<Ticket>>> answers = inner.update(update);
          for (int i = 0; i < answers.size(); i++) {
            Map<FieldName, FieldValue> sent = update.updates().get(i).changes();
            outcomes.add(answers.get(i).map(written -> strictly(written, sent)));
          }
          return outcomes;
        }
      };
    }

    private static Written<Ticket> strictly(
        Written<Ticket> written, Map<FieldName, FieldValue> sent) {
      Map<FieldName, Refusal> refused = new HashMap<>(written.refused());
      Ticket now = written.now();
      for (Map.Entry<FieldName, FieldValue> each : sent.entrySet()) {
        FieldName field = each.getKey();
        if (each.getValue() instanceof Text text && !text.equals(now.value(field))) {
          refused.put(field, new Refusal.Rejected(Optional.of(field), "not as it was sent"));
          now = now.with(field, FieldValue.ABSENT);
        }
      }
      return new Written<>(now, refused);
    }
  }

  static final class OneFieldStopsTheOthers extends Flaw {
    @Override
    TicketSystem tickets(TicketSystem real, World world) {
      ModelTickets model = (ModelTickets) real;
      return new TicketsAround(real) {
        @Override
        public List<Outcome<Written<Ticket>>> update(UpdateTickets update) {
          return update.updates().stream().map(each -> whole(update.scope(), each)).toList();
        }

        private Outcome<Written<Ticket>> whole(Scope scope, TicketUpdate update) {
          return update.changes().keySet().stream()
              .filter(field -> model.isPoisoned(update.present().id(), field))
              .findFirst()
              .map(
                  field ->
                      Outcome.<Written<Ticket>>refused(
                          new Refusal.Rejected(Optional.of(field), field + " cannot be set")))
              .orElseGet(() -> inner.update(new UpdateTickets(scope, List.of(update))).get(0));
        }
      };
    }
  }

  static final class CommentsWithoutKey extends Flaw {
    @Override
    TicketSystem tickets(TicketSystem real, World world) {
      return new TicketsAround(real) {
        @Override
        public Outcome<Comment> comment(WriteComment comment) {
          return inner.comment(
              new WriteComment(
                  comment.scope(),
                  comment.ticketId(),
                  comment.commentId(),
                  "",
                  comment.text(),
                  comment.visibility()));
        }
      };
    }
  }
}
