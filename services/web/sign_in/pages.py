"""All pages of signing in and of one's own account."""

from collections.abc import Sequence
from typing import Any

from services.web.sign_in.account import (
    choose_mail,
    end_session,
    end_sessions,
    set_password,
    show_account,
    show_password,
)
from services.web.sign_in.entering import show_code, show_sign_in, sign_in, sign_out, take_code
from services.web.sign_in.factor import renew_codes, show_factor, switch_off, switch_on
from services.web.sign_in.forgotten import ask_for_reset, show_forgotten
from services.web.sign_in.links import ask_again, show_link, use_link
from services.web.sign_in.security import show_security_log

SIGN_IN_PAGES: Sequence[Any] = (
    show_sign_in,
    sign_in,
    show_code,
    take_code,
    sign_out,
    show_link,
    use_link,
    ask_again,
    show_forgotten,
    ask_for_reset,
    show_account,
    choose_mail,
    end_session,
    end_sessions,
    show_password,
    set_password,
    show_factor,
    switch_on,
    renew_codes,
    switch_off,
    show_security_log,
)
