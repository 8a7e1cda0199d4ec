package io.github.workqueue.sample;

/**
 * What there is to search.
 *
 * @param root the directory that is searched
 * @param journal the file that lists the changes
 * @param directories directories that are watched
 * @param lines lines in the index
 * @param catalogue files in the index, and files that are not
 * @param events what led to work
 */
record Status(String root, String journal, int directories, int lines, CatalogueTotals catalogue, EventTotals events) {
}
