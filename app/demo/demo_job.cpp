#include "app/demo/demo_job.h"

#include <QFile>

#include "app/jobs/sentence.h"
#include "core/base/error.h"
#include "core/demo/demo_file.h"

namespace modascope {
namespace {

Demo read(const std::optional<std::filesystem::path>& file) {
  if (file) return readDemoFile(*file);
  QFile embedded(":/demo/phantom.demo");
  if (!embedded.open(QIODevice::ReadOnly)) throw Error("The program has no demonstration in it.");
  const QByteArray bytes = embedded.readAll();
  return readDemo({bytes.constData(), static_cast<std::size_t>(bytes.size())},
                  "that is embedded in the program");
}

}  // namespace

void DemoJob::open(const std::optional<std::filesystem::path>& file) {
  const int number = ++asked_;
  const auto tell = [this, number](auto say) {
    QMetaObject::invokeMethod(
        this,
        [this, number, say = std::move(say)] {
          if (number == asked_) say();
        },
        Qt::QueuedConnection);
  };
  task_.interruptAndPost([this, file, tell](std::stop_token) {
    try {
      tell([this, demo = modascope::opened(read(file))] { Q_EMIT opened(demo); });
    } catch (...) {
      tell([this, sentence = sentenceOfCurrent()] { Q_EMIT failed(sentence); });
    }
  });
}

}  // namespace modascope
