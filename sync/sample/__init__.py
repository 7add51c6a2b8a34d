"""A made-up municipality for demonstrations, tests and benchmarks: the same inputs always give the same one.

Nobody in it is real: names are put together by chance, person numbers are test numbers, telephone numbers belong to
nobody (see `numbers`), and all text is invented. `write.write` writes it as the files of a source system.
"""
