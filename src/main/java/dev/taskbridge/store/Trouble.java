package dev.taskbridge.store;

/**
 * Why the database did not do what it was asked.
 *
 * @param passing whether the same transaction may well succeed a moment later
 * @param why for people, with the database's own words
 * @param remedy what a person should do; a phrase without a full stop
 */
record Trouble(boolean passing, String why, String remedy) {}
