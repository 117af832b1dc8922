"""Impact in, matplotlib Figure out, each with one computed sentence. Knows no window and no pyplot."""

from analysis.draw.charts import CHARTS, Chart, draw

__all__ = ["CHARTS", "Chart", "draw"]
