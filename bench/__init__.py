"""How fast Torg is, beside others in the same run: `python -m bench.run`."""
