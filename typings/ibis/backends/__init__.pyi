from . import duckdb as duckdb
