#pragma once

#include <cassert>
#include <cstddef>
#include <deque>
#include <iterator>
#include <mutex>
#include <utility>
#include <vector>

namespace modascope {

/// A bounded queue between one thread that must never wait and one that looks now and then: when
/// it is full, the oldest goes. The only lock in the program.
template <typename T>
class Mailbox {
 public:
  explicit Mailbox(std::size_t capacity) : capacity_(capacity) { assert(capacity > 0); }

  void put(T value) {
    const std::lock_guard lock(mutex_);
    if (values_.size() == capacity_) {
      values_.pop_front();
      ++dropped_;
    }
    values_.push_back(std::move(value));
  }

  /// Everything that waits, oldest first.
  std::vector<T> drain() {
    const std::lock_guard lock(mutex_);
    std::vector<T> all(std::make_move_iterator(values_.begin()),
                       std::make_move_iterator(values_.end()));
    values_.clear();
    return all;
  }

  /// How many were lost since the start because nobody looked.
  std::size_t dropped() const {
    const std::lock_guard lock(mutex_);
    return dropped_;
  }

 private:
  const std::size_t capacity_;
  mutable std::mutex mutex_;
  std::deque<T> values_;
  std::size_t dropped_ = 0;
};

}  // namespace modascope
