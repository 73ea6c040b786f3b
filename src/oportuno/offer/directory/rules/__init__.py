"""What the directory decides, without a database: hours, numbers, places, vetting and dates. Plain Python."""
