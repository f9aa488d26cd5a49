-- Asks for the addresses of a file, one after the other, beginning at an index; then again from the first.
-- Arguments: file, index, cookie (may be empty). Prints one line of JSON when done.
local requests, position = {}, 0

function init(arguments)
  local headers = { ["Accept-Encoding"] = "br" }
  if arguments[3] ~= "" then headers["Cookie"] = arguments[3] end
  for address in io.lines(arguments[1]) do
    requests[#requests + 1] = wrk.format("GET", address, headers)
  end
  position = tonumber(arguments[2]) % #requests
end

function request()
  position = position % #requests + 1
  return requests[position]
end

function done(summary, latency)
  local e = summary.errors
  local failed = e.connect + e.read + e.write + e.status + e.timeout
  local line = '{"requests":%d,"seconds":%f,"failed":%d,"p50":%f,"p99":%f}\n'
  io.write(string.format(line, summary.requests, summary.duration / 1e6, failed,
    latency:percentile(50) / 1e3, latency:percentile(99) / 1e3))
end
