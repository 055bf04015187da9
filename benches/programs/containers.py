counts, items = {}, []
for number in range(60_000):
    key = number % 1000
    counts[key] = counts.get(key, 0) + 1
    items.append(number)
total = sum(items) + sum(counts.values()) + len([item * 2 for item in items if item & 1])
