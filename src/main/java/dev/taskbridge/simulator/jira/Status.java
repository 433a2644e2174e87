package dev.taskbridge.simulator.jira;

record Status(String id, String name, StatusCategory category) implements Named {}
