parts = []
for number in range(40_000):
    parts.append(f"{number}-" + str(number * 2))
text = ",".join(parts)
assert len(text.split(",")) == 40_000
