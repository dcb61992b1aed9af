"""Understands what people write into the cells of sheets: names, dates, countries, amounts."""
