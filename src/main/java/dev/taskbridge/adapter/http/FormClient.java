package dev.taskbridge.adapter.http;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.entity.UrlEncodedFormEntity;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.message.BasicNameValuePair;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** Talks to a token endpoint; a client of its own, opened at the first call. Thread-safe. */
final class FormClient implements TokenClient, Closeable {
  private static final int LONGEST_REPLY = 64 * 1024;

  private final HttpSettings settings;
  private @Nullable CloseableHttpClient client;

  FormClient(HttpSettings settings) {
    this.settings = settings;
  }

  @Override
  public Reply post(URI url, Map<String, String> form) throws IOException {
    HttpPost post = new HttpPost(url);
    post.setHeader("Accept", "application/json");
    post.setEntity(
        new UrlEncodedFormEntity(
            form.entrySet().stream()
                .map(entry -> new BasicNameValuePair(entry.getKey(), entry.getValue()))
                .toList(),
            StandardCharsets.UTF_8));
    return client()
        .execute(
            post,
            response ->
                new Reply(
                    response.getCode(),
                    response.getEntity() == null
                        ? ""
                        : EntityUtils.toString(
                            response.getEntity(), StandardCharsets.UTF_8, LONGEST_REPLY)));
  }

  private synchronized CloseableHttpClient client() {
    if (client == null) {
      client =
          HttpClientBuilder.create()
              .useSystemProperties()
              .disableAutomaticRetries()
              .disableRedirectHandling()
              .disableCookieManagement()
              .setConnectionManager(
                  PoolingHttpClientConnectionManagerBuilder.create()
                      .useSystemProperties()
                      .setMaxConnTotal(1)
                      .setDefaultConnectionConfig(
                          ConnectionConfig.custom()
                              .setConnectTimeout(Timeout.of(settings.connectTimeout()))
                              .build())
                      .build())
              .setDefaultRequestConfig(
                  RequestConfig.custom()
                      .setResponseTimeout(Timeout.of(settings.readTimeout()))
                      .build())
              .build();
    }
    return client;
  }

  @Override
  public synchronized void close() throws IOException {
    if (client != null) {
      client.close();
      client = null;
    }
  }
}
