#include "widgets/scene/surface_worker.h"

#include <exception>
#include <utility>

#include <vtkPolyData.h>

namespace modascope {

SurfaceWorker::SurfaceWorker(QObject* parent) : QObject(parent), room_(new QObject) {
  thread_.setObjectName(QStringLiteral("surfaces"));
  room_->moveToThread(&thread_);
  connect(&thread_, &QThread::finished, room_, &QObject::deleteLater);
  thread_.start(QThread::LowPriority);
}

SurfaceWorker::~SurfaceWorker() {
  stop_.request_stop();
  stopHead_.request_stop();
  thread_.quit();
  thread_.wait();
}

void SurfaceWorker::forget() {
  stop_.request_stop();
  stop_ = {};
}

void SurfaceWorker::forgetHead() {
  stopHead_.request_stop();
  stopHead_ = {};
}

void SurfaceWorker::request(std::shared_ptr<const LabelVolume> labels,
                            const RegionSchema& regions) {
  forget();
  post([this, labels = std::move(labels), regions,
        stop = stop_.get_token()]() -> std::function<void()> {
    if (stop.stop_requested()) return [] {};
    SurfaceSet set = makeSurfaces(*labels, regions, {}, stop);
    return [this, stop, set = std::move(set)] {
      if (!stop.stop_requested()) Q_EMIT made(set);
    };
  });
}

void SurfaceWorker::requestHead(std::shared_ptr<const Volume> volume) {
  forgetHead();
  post([this, volume = std::move(volume), stop = stopHead_.get_token()]() -> std::function<void()> {
    if (stop.stop_requested()) return [] {};
    auto head = makeHeadSurface(*volume);
    return [this, stop, head = std::move(head)] {
      if (!stop.stop_requested()) Q_EMIT headMade(head);
    };
  });
}

void SurfaceWorker::post(std::function<std::function<void()>()> work) {
  ++underWay_;
  QMetaObject::invokeMethod(room_, [this, work = std::move(work)] {
    std::function<void()> answer;
    try {
      answer = work();
    } catch (const std::exception&) {
      answer = [this] {
        Q_EMIT failed(tr("The surfaces could not be made: there is too little memory."));
      };
    }
    QMetaObject::invokeMethod(
        this,
        [this, answer = std::move(answer)] {
          --underWay_;
          answer();
        },
        Qt::QueuedConnection);
  });
}

}  // namespace modascope
