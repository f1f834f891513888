// Measures, and prints Plasmite's bench format. The work is small on purpose: an invoker project should not take long.
function work(rounds) {
  let x = 1;
  for (let i = 0; i < rounds; i++) x = (Math.imul(x, 1103515245) + 12345) >>> 0;
  return x;
}
function scenario(bench, rounds) {
  const start = process.hrtime.bigint();
  work(rounds);
  const ms = Number(process.hrtime.bigint() - start) / 1e6;
  return { bench, durability: "fast", writers: 1, payload_bytes: 64, pool_size: 1048576, notes: "", ms_per_msg: ms };
}
work(5e6);
console.log(JSON.stringify({ results: [scenario("append", 3e7), scenario("follow", 4e7)] }));
