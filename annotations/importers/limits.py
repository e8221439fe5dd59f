"""How much may a file, a record, an archive hold? What is longer is refused, and nothing is read without end."""

MIB = 1024 * 1024
# One article, in bytes: the Persian Wikipedia's longest page has a tenth of it.
MOST_TEXT = 8 * MIB
# One record of a file of many, with all its metadata.
MOST_RECORD = 32 * MIB
# A page, a feed and a sheet are read as a whole, so that their size is memory: a page's tree takes ten times as much.
MOST_PAGE = 8 * MIB
MOST_FEED = 32 * MIB
MOST_SHEET = 64 * MIB
# A file of a format in which what points at what is known only at its end: its tokens and annotations, at a kilobyte of
# memory each, and their values: 20,000 tokens may have nine annotations and fifty values each.
MOST_ANNOTATIONS = 200_000
MOST_VALUES = 1_000_000
# An archive: how deep archives may lie in it, how many files, how many bytes unpacked, and from how few bytes each.
# Deflate makes at most 1,032 bytes of one; text rarely more than 20, a log of equal lines 150.
ARCHIVES_DEEP = 2
MOST_FILES = 100_000
MOST_UNPACKED = 4096 * MIB
MOST_RATIO = 250
RATIO_FROM = 4 * MIB
# What the tables hold; metadata as deep as an import stores them.
MOST_NESTED = 32
LONGEST_AUTHOR, LONGEST_OUTLET, LONGEST_DOMAIN = 300, 200, 253
LONGEST_URL = 8192
