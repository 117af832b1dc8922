"""One reader per format: an opened file in, tables out. They run in a child process and know neither store nor window."""
