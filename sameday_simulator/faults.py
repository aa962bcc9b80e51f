"""What goes wrong with a real courier."""

from simulation import faults


class Faults(faults.Faults):
    NAMES = {
        "busy_500",
        "slow",  # seconds=, or until it is cleared; nothing was done yet
        "late",  # seconds=: the work is done at once, the answer comes so much later
        "late_500",  # the work is done, the answer is an error
        "truncated",  # the work is done, the JSON breaks off
        "dropped",  # the work is done, the connection ends
        "expired",  # 401, although the token is good
        "refused",  # 400; words=, field=
        "wrapped",  # errors stand below "error"
    }
