package dev.taskbridge.simulator.jira;

import dev.taskbridge.simulator.Reply;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.multipart.DefaultHttpDataFactory;
import io.netty.handler.codec.http.multipart.FileUpload;
import io.netty.handler.codec.http.multipart.HttpPostMultipartRequestDecoder;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder;
import io.netty.handler.codec.http.multipart.InterfaceHttpData;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Files on issues: uploads come as forms with parts called {@code file}. */
final class AttachmentOperations {
  private static final int UPLOAD_LIMIT = 10 * 1024 * 1024;
  private final Site site;
  private final IssueWriter writer;

  AttachmentOperations(Site site, IssueWriter writer) {
    this.site = site;
    this.writer = writer;
  }

  void register(Routes routes) {
    routes.on("POST", "issue/:issue/attachments", Access.LOGGED_IN, this::add);
    routes.on("GET", "attachment/meta", Access.READ, this::meta);
    if (site.cloud()) {
      routes.on("GET", "attachment/content/:attachment", Access.READ, this::content);
    }
    routes.on("GET", "attachment/:attachment", Access.READ, this::read);
    routes.on("DELETE", "attachment/:attachment", Access.LOGGED_IN, this::delete);
  }

  /** Where Data Center keeps the files: outside of the API. */
  void registerFiles(Routes routes) {
    routes.on("GET", "attachment/:attachment/:name", Access.READ, this::content);
  }

  private record Found(Issue issue, Attachment attachment) {}

  private Reply add(Visit visit) {
    String guard = visit.call().header("X-Atlassian-Token").orElse("");
    if (!guard.equals("no-check") && !guard.equals("nocheck")) {
      throw visit.refuse(403, Wording.XSRF);
    }
    Issue issue = visit.issueToEdit();
    List<Attachment> attachments = new ArrayList<>(site.attachments().of(issue));
    JsonArray added = new JsonArray();
    for (Attachment attachment : uploads(visit)) {
      attachments.add(attachment);
      added.add(attachment.show(visit.view()));
      site.attachments().put(issue, attachments);
      note(visit, issue, null, attachment);
    }
    return Reply.json(200, added);
  }

  private List<Attachment> uploads(Visit visit) {
    DefaultFullHttpRequest request =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1,
            HttpMethod.POST,
            "/",
            Unpooled.wrappedBuffer(visit.call().body()));
    request
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, visit.call().header("Content-Type").orElse(""));
    List<Attachment> uploads = new ArrayList<>();
    try {
      var form = new HttpPostMultipartRequestDecoder(new DefaultHttpDataFactory(false), request);
      for (InterfaceHttpData part : form.getBodyHttpDatas()) {
        if (part instanceof FileUpload file && file.getName().equals("file")) {
          uploads.add(
              new Attachment(
                  site.attachments().nextId(),
                  visit.actor(),
                  site.now(),
                  file.getFilename(),
                  file.getContentType(),
                  file.get()));
        }
      }
      form.destroy();
    } catch (HttpPostRequestDecoder.ErrorDataDecoderException | IOException e) {
      throw visit.invalid("the form cannot be read: " + e.getMessage());
    }
    return uploads;
  }

  private Reply meta(Visit visit) {
    return Reply.json(200, new JsonObject().put("enabled", true).put("uploadLimit", UPLOAD_LIMIT));
  }

  private Reply read(Visit visit) {
    return Reply.json(200, find(visit).attachment().show(visit.view()));
  }

  /** Cloud sends its clients elsewhere for it, unless they say not to; here it is at hand. */
  private Reply content(Visit visit) {
    Attachment attachment = find(visit).attachment();
    return new Reply(200, Map.of("Content-Type", attachment.mediaType()), attachment.content());
  }

  private Reply delete(Visit visit) {
    Found found = find(visit);
    visit.limits().writing(visit, found.issue());
    visit.requirePermission(Switch.EDIT_ISSUES, "delete attachments");
    List<Attachment> attachments = new ArrayList<>(site.attachments().of(found.issue()));
    attachments.remove(found.attachment());
    site.attachments().put(found.issue(), attachments);
    note(visit, found.issue(), found.attachment(), null);
    return Reply.empty(204);
  }

  private Found find(Visit visit) {
    String id = visit.call().param("attachment");
    for (Issue issue : site.issues().all()) {
      for (Attachment attachment : site.attachments().of(issue)) {
        if (String.valueOf(attachment.id()).equals(id) && site.sees(visit.user(), issue)) {
          return new Found(issue, attachment);
        }
      }
    }
    throw visit.refuse(404, Wording.NO_SUCH, "attachment", id);
  }

  private void note(
      Visit visit, Issue issue, @Nullable Attachment gone, @Nullable Attachment come) {
    writer.note(
        visit.actor(),
        issue,
        new Change.Item(
            "Attachment",
            "attachment",
            "jira",
            gone == null ? null : String.valueOf(gone.id()),
            gone == null ? null : gone.fileName(),
            come == null ? null : String.valueOf(come.id()),
            come == null ? null : come.fileName()));
  }
}
