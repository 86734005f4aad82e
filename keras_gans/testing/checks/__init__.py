"""Contract checks, one module for each noun: functions of a class that raise AssertionError."""
