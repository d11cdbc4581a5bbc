"""House rules that no linter knows; a failing test names the file and says what to do."""
