package dev.taskbridge.config.shape;

import java.util.function.Predicate;

/**
 * Keys of a section beyond those that have a name of their own.
 *
 * @param what what such a key stands for, such as {@code custom field}
 * @param accepts whether an unknown key is one of these, judged by its name and its value; else it
 *     is a mistake
 * @param doc for the documentation
 */
public record OtherKeys<T>(String what, Predicate<Reading> accepts, Shape<T> shape, String doc) {}
