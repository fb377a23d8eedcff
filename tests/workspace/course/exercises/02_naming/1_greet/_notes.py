kept = "by the author"
