"""How a message is read: from Chinese text to facts about people, and nothing it does not say.

A message is made plain and cut into clauses (``text``); its days, places and relatives are found (``time``, ``place``, ``kin``), and
each clause is given to a person (``person``). What is told of each goes into a ledger (``record``): registers, homes and their papers,
work, who wants to move and whom they follow. From the ledger ``frame`` makes the facts of the one who moves; ``reader`` is the way in.
``asking`` reads what short messages ask of a case. The parts import one way, in this order; ``pyproject.toml`` holds it.
"""
