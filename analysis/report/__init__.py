"""Impact in, document out: written whole or not at all."""

from analysis.report.excel import write_excel
from analysis.report.machine import as_json, write_json

__all__ = ["as_json", "write_excel", "write_json"]
