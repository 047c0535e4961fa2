"""The one signal upwards. A doorbell, not a messenger: whoever hears it looks into the ledger."""

from django.dispatch import Signal

# Sent after commit. Arguments: ids (list of Contribution ids that were recorded, amended or withdrawn).
contribution_recorded = Signal()
