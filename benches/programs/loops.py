total = 0
for number in range(300_000):
    if number % 3 == 0:
        total += number
    else:
        total -= 1
