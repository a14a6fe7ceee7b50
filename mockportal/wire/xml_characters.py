"""Which characters a document can hold."""

import re

NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold; XML 1.1 can, and so can the name of a file."""
