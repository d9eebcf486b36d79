"""All pages of Revision, but the security log."""

from collections.abc import Sequence
from typing import Any

from services.web.audit.bundle import make_bundle, show_bundle, show_export
from services.web.audit.paper import download_timeline
from services.web.audit.process import print_process, show_comparison, show_process, show_shown
from services.web.audit.search import (
    download_table,
    show_contact_looks,
    show_looks,
    show_search,
)
from services.web.audit.verifying import (
    compare_with_kept,
    download_proof,
    download_receipt,
    show_check,
    show_checking,
    show_proof,
    start_check,
)

AUDIT_PAGES: Sequence[Any] = (
    show_search,
    download_table,
    show_looks,
    show_contact_looks,
    show_process,
    show_comparison,
    print_process,
    download_timeline,
    show_shown,
    show_checking,
    start_check,
    show_check,
    show_proof,
    compare_with_kept,
    download_proof,
    download_receipt,
    show_bundle,
    make_bundle,
    show_export,
)
