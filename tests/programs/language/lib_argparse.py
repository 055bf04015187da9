"""Parsing lists of arguments: help, conversions, subcommands, errors."""
import argparse

parser = argparse.ArgumentParser(prog="serve", description="Serves files.")
parser.add_argument("folder", help="what to serve")
parser.add_argument("-p", "--port", type=int, default=8000, help="port (default: %(default)s)")
parser.add_argument("-v", "--verbose", action="count", default=0)
parser.add_argument("--mode", choices=["fast", "safe"], default="safe")
group = parser.add_mutually_exclusive_group()
group.add_argument("--quiet", action="store_true")
group.add_argument("--log", nargs="?", const="-")
parser.print_help()
for line in ("www", "www -p 80 -vv", "www --mode=fast --log", "www --log x", "", "www -p x", "www --quiet --log", "www --nope"):
    try:
        print(parser.parse_args(line.split()))
    except SystemExit as stop:
        print(line, "ends with", stop.code)

tool = argparse.ArgumentParser(prog="tool")
commands = tool.add_subparsers(dest="command", required=True)
add = commands.add_parser("add", help="adds numbers")
add.add_argument("numbers", nargs="+", type=float)
add.set_defaults(run=sum)
arguments = tool.parse_args(["add", "1", "2.5"])
print(arguments.command, arguments.run(arguments.numbers), tool.parse_known_args(["add", "1", "--x"])[1])
