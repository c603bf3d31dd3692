"""What mail servers send back: reports of failed delivery, and what only looks like one."""

_TOP = """\
From: MAILER-DAEMON@mx.example
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

This is the mail system.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example
Arrival-Date: Mon, 2 Mar 2026 12:00:00 +0000

Original-Recipient: rfc822;{to}
Final-Recipient: rfc822; {to}
Action: {action}
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 unknown
"""

OF_ONE = (
    _TOP
    + """
--b
Content-Type: message/rfc822

From: survey@towns.example
Message-ID: {message_id}
Subject: what came back

text
--b--
"""
)

HEADERS_ONLY = (
    _TOP
    + """
--b
Content-Type: text/rfc822-headers

From: survey@towns.example
Message-ID: {message_id}
Subject: what came back
--b--
"""
)

NO_LETTER = _TOP + "\n--b--\n"

OUT_OF_OFFICE = """\
From: somebody@b.example
Subject: Out of office
Auto-Submitted: auto-replied

I am away.
"""


def report(text=OF_ONE, *, to="a@b.example", action="failed", message_id="<1@towns.example>"):
    """One of the texts, filled in."""
    return text.format(to=to, action=action, message_id=message_id)
