"""How the records of a journal are told as rows: shared by the chapters, the overview and the driving lists."""
