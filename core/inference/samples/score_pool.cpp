#include "core/inference/samples/score_pool.h"

#include <ATen/ATen.h>

#include "core/base/error.h"
#include "core/metrics/sample_scores.h"
#include "core/problem/task_facts.h"

namespace modascope {
namespace {

using torch::Tensor;

template <typename Value>
void appendTo(std::vector<Value>& values, const Tensor& t) {
  const Tensor host = t.to(torch::kCPU).contiguous();
  values.insert(values.end(), host.data_ptr<Value>(), host.data_ptr<Value>() + host.numel());
}

class ClassPool : public ScorePool {
 public:
  explicit ClassPool(std::size_t classes) : classes_(classes) {}

  void add(const Tensor& f, const Tensor& y) override {
    appendTo(predicted_, f.argmax(1));
    appendTo(truth_, y.argmax(1));
  }
  std::vector<std::string> columns() const override { return classificationColumns(); }
  std::vector<double> scores() const override {
    return classificationScores(predicted_, truth_, classes_);
  }

 private:
  std::size_t classes_;
  std::vector<std::int64_t> predicted_, truth_;
};

class NumberPool : public ScorePool {
 public:
  explicit NumberPool(bool sentiment) : sentiment_(sentiment) {}

  void add(const Tensor& f, const Tensor& y) override {
    appendTo(predicted_, f);
    appendTo(truth_, y);
  }
  std::vector<std::string> columns() const override { return regressionColumns(sentiment_); }
  std::vector<double> scores() const override {
    return regressionScores(predicted_, truth_, sentiment_);
  }

 private:
  bool sentiment_;
  std::vector<float> predicted_, truth_;
};

class PixelPool : public ScorePool {
 public:
  explicit PixelPool(std::vector<std::string> classes)
      : classes_(std::move(classes)), counts_(classes_.size()) {}

  void add(const Tensor& f, const Tensor& y) override {
    const Tensor known = y.sum(1) > 0;
    const Tensor unknown = torch::full_like(y.select(1, 0), PixelCounts::kUnknown);
    std::vector<std::uint8_t> predicted, truth;
    appendTo(predicted, f.argmax(1).to(torch::kUInt8));
    appendTo(truth, at::where(known, y.argmax(1), unknown.to(torch::kLong)).to(torch::kUInt8));
    counts_.add(predicted, truth);
  }
  std::vector<std::string> columns() const override { return PixelCounts::columns(classes_); }
  std::vector<double> scores() const override { return counts_.scores(); }

 private:
  std::vector<std::string> classes_;
  PixelCounts counts_;
};

}  // namespace

std::unique_ptr<ScorePool> makeScorePool(const Problem& problem) {
  switch (factsOf(problem.task).output) {
    case OutputKind::OneClass:
      return std::make_unique<ClassPool>(problem.outputs.size());
    case OutputKind::OneNumber:
      return std::make_unique<NumberPool>(problem.outputs.front() == "sentiment");
    case OutputKind::PixelClasses:
      return std::make_unique<PixelPool>(problem.outputs);
    case OutputKind::Regions:
      break;
  }
  throw Error("Regions of volumes are scored case by case.");
}

}  // namespace modascope
