#pragma once

#include <QObject>
#include <functional>
#include <thread>

namespace modascope {

/// Writes something large without holding up the window, one at a time. The destructor waits, so
/// that nothing is lost. All methods and signals belong to the GUI thread.
class WritingJob : public QObject {
  Q_OBJECT

 public:
  explicit WritingJob(QObject* parent = nullptr) : QObject(parent) {}

  /// `write` runs on a thread of its own; what it throws becomes `failed`. Not while `busy`.
  void start(std::function<void()> write);
  bool busy() const { return busy_; }

 Q_SIGNALS:
  void written();
  void failed(const QString& sentence);

 private:
  bool busy_ = false;
  std::jthread thread_;
};

}  // namespace modascope
