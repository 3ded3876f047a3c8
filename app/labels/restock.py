"""Words of the four conditions of restocking."""

from app.domain.restock import Condition
from app.i18n import N_

LABELS = {
    Condition: {
        Condition.AGE: N_("Recent: months since manufacture"),
        Condition.VALUE: N_("High value of one unit"),
        Condition.QUANTITY: N_("Large quantity of this model in the spares zone (C)"),
        Condition.USES: N_("Rarely used: spares that went to customers in a year"),
    },
}
