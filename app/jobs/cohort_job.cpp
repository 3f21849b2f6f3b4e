#include "app/jobs/cohort_job.h"

#include "app/jobs/sentence.h"
#include "core/cohort/opening.h"
#include "core/files/paths.h"
#include "core/files/unfinished.h"

namespace modascope {
namespace {

namespace fs = std::filesystem;

/// Written beside its place and then renamed: a half-written cohort is never found.
fs::path ensurePhantom(const PhantomOptions& options, const fs::path& cache) {
  const fs::path folder = phantomFolder(options, cache);
  if (isThere(folder)) return folder;
  const fs::path making = temporaryBeside(folder);
  const Unfinished unfinished(making);
  writePhantomCohort(options, making);
  std::error_code another, ignored;  // process was faster: its cohort is the same
  fs::rename(making, folder, another);
  if (another) fs::remove_all(making, ignored);
  return folder;
}

}  // namespace

fs::path phantomFolder(const PhantomOptions& options, const fs::path& cache) {
  return cache / ("phantom-" MODASCOPE_VERSION "-" + std::to_string(options.cases) + "x" +
                  std::to_string(options.size) + "-" + std::to_string(options.seed));
}

void CohortJob::open(const fs::path& path) {
  post([path](std::stop_token stop) { return openCohortUntil(path, std::move(stop)); });
}

void CohortJob::openPhantom(const PhantomOptions& options, const fs::path& cache) {
  post([options, cache](std::stop_token stop) {
    return openCohortUntil(ensurePhantom(options, cache), std::move(stop));
  });
}

void CohortJob::post(std::function<Cohort(std::stop_token)> work) {
  task_.interruptAndPost([this, number = ++newest_, work = std::move(work)](std::stop_token stop) {
    const auto tell = [&](auto signal, const auto& value) {
      const auto deliver = [this, number, signal, value] {
        if (number == newest_) Q_EMIT(this->*signal)(value);
      };
      QMetaObject::invokeMethod(this, deliver, Qt::QueuedConnection);
    };
    try {
      tell(&CohortJob::opened, std::make_shared<const Cohort>(work(stop)));
    } catch (...) {
      tell(&CohortJob::failed, sentenceOfCurrent());
    }
  });
}

}  // namespace modascope
