#pragma once

#include <QObject>
#include <QThread>
#include <atomic>
#include <functional>
#include <memory>
#include <stop_token>

#include "widgets/scene/surfaces.h"

namespace modascope {

/// Makes surfaces on a thread of its own. Signals come on the thread of this object; of several
/// requests of a kind only the newest is answered.
class SurfaceWorker : public QObject {
  Q_OBJECT

 public:
  explicit SurfaceWorker(QObject* parent = nullptr);
  /// Waits for the step at hand, not for the whole request.
  ~SurfaceWorker() override;

  void request(std::shared_ptr<const LabelVolume> labels, const RegionSchema& regions);
  void requestHead(std::shared_ptr<const Volume> volume);
  /// What was asked for will not be answered.
  void forget();
  void forgetHead();
  bool idle() const { return underWay_ == 0; }

 Q_SIGNALS:
  void made(const modascope::SurfaceSet& surfaces);
  void headMade(const vtkSmartPointer<vtkPolyData>& head);
  void failed(const QString& sentence);

 private:
  /// Runs `work` there, then what it returns here.
  void post(std::function<std::function<void()>()> work);

  QThread thread_;
  QObject* room_;  ///< lives on `thread_`, which deletes it
  std::stop_source stop_;
  std::stop_source stopHead_;
  int underWay_ = 0;
};

}  // namespace modascope
