from .claimed import claimed as claimed
from .coherence import coherence_said as coherence_said
from .exposure import classify as classify
from .exposure import decided as decided
from .exposure import disclosed as disclosed
from .freshness import freshness_said as freshness_said
from .mask import masked as masked
from .warming import warm as warm
