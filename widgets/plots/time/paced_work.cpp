#include "widgets/plots/time/paced_work.h"

#include <algorithm>

namespace modascope {
namespace {

constexpr int kOthersShare = 4;

}  // namespace

PacedWork::PacedWork(std::function<void()> work, int leastMs)
    : work_(std::move(work)), leastMs_(leastMs) {
  due_.setSingleShot(true);
  QObject::connect(&due_, &QTimer::timeout, [this] { doNow(); });
}

void PacedWork::doNow() {
  due_.stop();
  QElapsedTimer clock;
  clock.start();
  work_();
  tookMs_ = clock.elapsed();
  sinceDone_.start();
}

int PacedWork::rest() const {
  if (!sinceDone_.isValid()) return 0;
  const qint64 due = std::max<qint64>(leastMs_, kOthersShare * tookMs_);
  return static_cast<int>(std::max<qint64>(0, due - sinceDone_.elapsed()));
}

void PacedWork::request() {
  if (due_.isActive()) return;
  if (rest() == 0)
    doNow();
  else
    due_.start(rest());
}

void PacedWork::requestSoon() {
  if (!due_.isActive()) due_.start(rest());
}

}  // namespace modascope
