#include "core/system/parallel.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <exception>
#include <thread>
#include <vector>

namespace modascope {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::milliseconds kTell{50};

/// What the threads of one call share: counters only.
struct Shared {
  std::atomic<std::size_t> next{0};
  std::atomic<std::size_t> done{0};
  std::atomic<std::size_t> ended{0};   ///< threads
  std::atomic<std::uint32_t> news{0};  ///< grows with each of the above that the caller awaits
  std::atomic<bool> failed{false};

  void tell() {
    ++news;
    news.notify_one();
  }
};

void workOn(const ParallelWork& work, Shared& shared, std::exception_ptr& fault,
            const std::stop_token& stop) {
  try {
    while (!stop.stop_requested() && !shared.failed) {
      const std::size_t number = shared.next++;
      if (number >= work.count) break;
      work.each(number);
      ++shared.done;
      shared.tell();
    }
  } catch (...) {
    fault = std::current_exception();
    shared.failed = true;
  }
  ++shared.ended;
  shared.tell();
}

}  // namespace

void runParallel(const ParallelWork& work, std::size_t threads, const std::stop_token& stop) {
  threads = std::clamp<std::size_t>(threads, 1, std::max<std::size_t>(work.count, 1));
  Shared shared;
  std::vector<std::exception_ptr> faults(threads);
  {
    std::vector<std::jthread> running;
    for (std::size_t i = 0; i < threads; ++i)
      running.emplace_back([&, i] { workOn(work, shared, faults[i], stop); });
    auto told = Clock::now() - kTell;
    while (true) {
      const std::uint32_t seen = shared.news;
      if (shared.ended == threads) break;
      if (work.progress && shared.done > 0 && Clock::now() - told >= kTell) {
        work.progress(shared.done);
        told = Clock::now();
      }
      shared.news.wait(seen);
    }
  }
  for (const std::exception_ptr& fault : faults)
    if (fault) std::rethrow_exception(fault);
  if (work.progress) work.progress(shared.done);
}

}  // namespace modascope
