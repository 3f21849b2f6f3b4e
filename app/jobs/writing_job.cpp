#include "app/jobs/writing_job.h"

#include "app/jobs/sentence.h"

namespace modascope {

void WritingJob::start(std::function<void()> write) {
  Q_ASSERT(!busy_);
  busy_ = true;
  thread_ = std::jthread([this, write = std::move(write)] {
    QString wrong;
    try {
      write();
    } catch (...) {
      wrong = sentenceOfCurrent();
    }
    const auto tell = [this, wrong] {
      busy_ = false;
      if (wrong.isEmpty())
        Q_EMIT written();
      else
        Q_EMIT failed(wrong);
    };
    QMetaObject::invokeMethod(this, tell, Qt::QueuedConnection);
  });
}

}  // namespace modascope
