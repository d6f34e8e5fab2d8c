"""Why a file is not taken: each sentence tells staff what to do."""


class Refused(ValueError):
    """The message is for staff."""


class NotNow(Refused):
    """Nothing is known against the file; it may be taken later."""


WANTED = "Save it as a PDF, or as a Word document (.docx), and choose it again."
NEITHER = f"This is neither a PDF nor a Word document. {WANTED}"
UNSAFE = "This file cannot be opened safely. Print it to a new PDF and choose that."

PDF_DAMAGED = "This PDF is damaged or not complete. Ask for it again, or print it to a new PDF and choose that."
PDF_LOCKED = "This PDF is protected with a password. Save it without one and choose it again."
PDF_EMPTY = "This PDF has no pages. Export it again from the program that made it."
PDF_PORTFOLIO = "This PDF is only a folder of other files. Choose the files in it one by one."
PDF_XFA = "This PDF is a form that only Adobe Reader shows. Ask for it as a Word document, or print it to a new PDF."

WORD_OLD = f"This is an old Word file (.doc) or one with a password. {WANTED}"
WORD_DAMAGED = "This Word document is damaged. Ask the school to send it again."
WORD_MACROS = f"This Word document contains macros, which are not safe to pass on. {WANTED}"
WORD_LARGE = "This Word document unpacks to more than a document can need. Save it as a PDF and choose that."
