from .charts import CHARTS as CHARTS
from .charts import Chart as Chart
from .charts import draw as draw
from .charts import marked as marked
from .style import Mark as Mark
