"""Numbers about agreement: pure computations that know nothing of the web or the database.

Everything here takes arrays or files and gives back frozen results, so it can be used, checked and
benchmarked on its own. Each method is explained in ``docs/methods``.
"""
