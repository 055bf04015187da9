import sys
print(sys.argv)
name = input("Name? ")
print("hello", name)
n = int(input())
print(n + 1)
for line in sys.stdin:
    print(repr(line))
try:
    input("more: ")
except EOFError as e:
    print("EOF", e)
print(exit)
exit(3)
