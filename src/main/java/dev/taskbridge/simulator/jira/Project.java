package dev.taskbridge.simulator.jira;

import java.util.List;

record Project(String id, String key, String name, List<IssueType> types, User lead)
    implements Named {}
