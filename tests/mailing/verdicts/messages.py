"""Messages as they come back, made of the parts that differ."""

KEY = "0123456789abcdef0123456789abcdef"
OURS = f"bounces+{KEY}@greensheets.example"


def a_report(
    *,
    status: str = "5.1.1",
    action: str = "failed",
    words: str = "",
    to: str = OURS,
    text: str = "It was not possible to deliver your message.",
    original: str = "",
    kind: str = "message/delivery-status",
    top: str = "multipart/report; report-type=delivery-status",
) -> bytes:
    """A report with fields for programs. ``words`` is the server's answer as Postfix and most others hand it on."""
    diagnostic = f"Diagnostic-Code: smtp; {words}\n" if words else ""
    return f"""Return-Path: <>
From: Mail Delivery System <MAILER-DAEMON@relay.example>
To: {to}
Subject: Undelivered mail
MIME-Version: 1.0
Content-Type: {top}; boundary="b1"

--b1
Content-Type: text/plain

{text}

--b1
Content-Type: {kind}

Reporting-MTA: dns; relay.example

Final-Recipient: rfc822; anna@readers.example
Action: {action}
Status: {status}
{diagnostic}
--b1
Content-Type: text/rfc822-headers

{original}
To: anna@readers.example

--b1--
""".encode()


def feedback(kind: str, to: str = OURS, original: str = f"Message-ID: <{KEY}@greensheets.example>") -> bytes:
    named = f"Feedback-Type: {kind}\n" if kind else ""
    return f"""From: reports@provider.example
To: {to}
Subject: report
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="b1"

--b1
Content-Type: text/plain

A report about a message.

--b1
Content-Type: message/feedback-report

{named}User-Agent: Lab/1.0
Version: 1

--b1
Content-Type: text/rfc822-headers

{original}
Subject: This week's posts

--b1--
""".encode()


def a_letter(text: str, *, subject: str = "failure notice", sender: str = "MAILER-DAEMON@mx.example", head: str = "") -> bytes:
    """A message in sentences, from the null sender."""
    head = f"{head}\n" if head else ""
    return f"Return-Path: <>\nFrom: {sender}\nTo: {OURS}\nSubject: {subject}\n{head}\n{text}\n".encode()
