#include "app/jobs/cohort_job.h"

#include <unistd.h>

#include "app/jobs/sentence.h"

namespace modascope {
namespace {

namespace fs = std::filesystem;

/// Written beside its place and then renamed: a half-written cohort is never found.
fs::path ensurePhantom(const PhantomOptions& options, const fs::path& cache) {
  const fs::path folder = phantomFolder(options, cache);
  if (fs::exists(folder)) return folder;
  fs::path making = folder;
  making += ".making-" + std::to_string(::getpid());
  fs::remove_all(making);
  writePhantomCohort(options, making);
  std::error_code another;  // process was faster: its cohort is the same
  fs::rename(making, folder, another);
  if (another) fs::remove_all(making);
  return folder;
}

}  // namespace

fs::path phantomFolder(const PhantomOptions& options, const fs::path& cache) {
  return cache / ("phantom-" MODASCOPE_VERSION "-" + std::to_string(options.cases) + "x" +
                  std::to_string(options.size) + "-" + std::to_string(options.seed));
}

void CohortJob::open(const fs::path& path) {
  post([path] { return openCohort(path); });
}

void CohortJob::openPhantom(const PhantomOptions& options, const fs::path& cache) {
  post([options, cache] { return openCohort(ensurePhantom(options, cache)); });
}

void CohortJob::post(std::function<Cohort()> work) {
  task_.interruptAndPost([this, number = ++newest_, work](std::stop_token) {
    const auto tell = [&](auto signal, auto value) {
      const auto deliver = [this, number, signal, value] {
        if (number == newest_) Q_EMIT(this->*signal)(value);
      };
      QMetaObject::invokeMethod(this, deliver, Qt::QueuedConnection);
    };
    try {
      tell(&CohortJob::opened, std::make_shared<const Cohort>(work()));
    } catch (...) {
      tell(&CohortJob::failed, QString::fromStdString(sentenceOf(std::current_exception())));
    }
  });
}

}  // namespace modascope
