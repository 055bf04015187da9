import math, random
random.seed(2)
for i in range(300):
    x=random.choice([random.uniform(-1000,1000),random.random()*10**random.randint(-300,300)])
    print(x.hex(), math.cbrt(x).hex())
print(math.cbrt(0.0), math.cbrt(-0.0), math.cbrt(math.inf), math.cbrt(-math.inf), math.cbrt(math.nan), math.cbrt(5e-324), math.cbrt(8), math.cbrt(1e300))
