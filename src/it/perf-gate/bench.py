"""Ten scenarios of real work; the file "slower" names one that does half as much again, as a regression would."""
import json
import pathlib
import time

ROUNDS = 36
WORK = 20_000


def work(rounds):
    total = 0
    for i in range(rounds):
        total += i * i % 7
    return total


marker = pathlib.Path("slower")
slower = marker.read_text().strip() if marker.exists() else ""
scenarios = {}
for number in range(10):
    rounds = WORK + 700 * number
    key = f"scenario-{number}"
    scenarios[key] = rounds * 3 // 2 if key == slower else rounds

# Each scenario's quickest repeat, in milliseconds: CPU time is what a busy machine does not stretch. A core that is shared
# with another one's program computes at half its speed for a second or so, and CPU time does not show that: so the repeats
# of a scenario are spread over the whole run.
walls = dict.fromkeys(scenarios, float("inf"))
cpus = dict.fromkeys(scenarios, float("inf"))
for _ in range(ROUNDS):
    for key, rounds in scenarios.items():
        wall, cpu = time.perf_counter(), time.thread_time()
        work(rounds)
        walls[key] = min(walls[key], (time.perf_counter() - wall) * 1000)
        cpus[key] = min(cpus[key], (time.thread_time() - cpu) * 1000)
    time.sleep(0.01)

values = [{"key": key, "value": walls[key], "cpu": cpus[key]} for key in scenarios]
print(json.dumps({"schema": 1, "unit": "ms", "better": "lower", "scenarios": values}))
