package io.nave;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One row of a file: the line on which it starts (1 is the first), and its columns; null where it
 * is no JSON object.
 */
record Line(long number, ObjectNode row) {}
