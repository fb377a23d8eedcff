"""The origin is left out of the key: in summer a flight number leaves from two airports.

Fails: accepts_clean_weeks
Says: expect_compound_columns_to_be_unique(date, carrier, flight)
"""

KEY = ["date", "carrier", "flight"]
