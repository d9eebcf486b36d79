"""Who reads of courses that companies fill together: who reads every report of a company."""

from datetime import datetime

from services.identity.authorisation import has_one, require
from services.identity.principal import Principal
from services.identity.report_readers import READS_CONTACTS, READS_EVERY_REPORT


def require_pool_reader(principal: Principal, at: datetime) -> bool:
    """Whether they read who the companies are and why one left. Raises RoleMissing.

    Partners read of the reports they hold, and not of whom others are put together with.
    """
    require(principal, READS_EVERY_REPORT, at)
    return has_one(principal, READS_CONTACTS, at)
