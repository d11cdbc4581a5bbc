"""The ledger: plan and apply imports, undo them, report to management."""
