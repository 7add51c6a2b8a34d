"""The outage: the declared event with a number, an owner, clocks and a log; pure values and rules. See `event`."""
