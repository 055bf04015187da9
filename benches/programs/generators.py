def numbers(n):
    for number in range(n):
        yield number


total = sum(number for number in numbers(100_000))
