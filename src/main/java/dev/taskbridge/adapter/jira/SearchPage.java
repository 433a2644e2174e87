package dev.taskbridge.adapter.jira;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * @param next where the next page begins; empty when this was the last
 */
record SearchPage(List<JsonNode> issues, Optional<String> next) {}
