#pragma once

#include <QRegularExpression>
#include <QTest>
#include <cmath>
#include <string>

#include <torch/csrc/autograd/autograd.h>
#include <torch/types.h>

#include "core/models/autograd_model.h"
#include "core/problem/problem.h"

namespace modascope::testing {

/// Modalities a, b, … of these shapes; outputs 0, 1, ….
inline Problem problemOf(Task task, std::vector<InputShape> shapes, std::size_t outputs) {
  std::vector<Modality> modalities;
  for (char key = 'a'; modalities.size() < shapes.size(); ++key)
    modalities.push_back({{key}, {key}});
  Problem problem{task, ModalitySchema(modalities), InputLayout(std::move(shapes)), {}};
  for (char name = '0'; problem.outputs.size() < outputs; ++name) problem.outputs.push_back({name});
  return problem;
}

/// A network whose function can be called in double precision.
template <typename Network>
class Open : public Network {
 public:
  using Network::Network;

  torch::Tensor preciseLogits(const torch::Tensor& parameters, const torch::Tensor& x,
                              ModalitySet set) const {
    ParameterValues values;
    for (const ParameterBlock& block : this->layout().blocks())
      values.push_back(parameters.narrow(0, block.offset, block.size).view(block.shape));
    return Network::run(values, x.to(torch::kFloat64), {set}).front();
  }
};

/// The gradient pulled back against central differences in double precision, in some parameters
/// drawn at random. Returns words where they differ.
template <typename Network>
QString differencesAgainst(const Open<Network>& net, const torch::Tensor& x, ModalitySet set) {
  const auto tape = net.recordSubsets(x, {set});
  const auto c = torch::randn_like(tape->outputs()[0]);
  const auto gradient = tape->pullBack({c}).to(torch::kFloat64);
  const auto theta = net.parameters().to(torch::kFloat64);
  const double typical = gradient.square().mean().sqrt().template item<double>();
  for (int trial = 0; trial < 40; ++trial) {
    const auto p = torch::randint(theta.size(0), {1}).template item<std::int64_t>();
    const auto along = [&](double epsilon) {
      auto moved = theta.clone();
      moved[p] += epsilon;
      return (net.preciseLogits(moved, x, set) * c).sum().template item<double>();
    };
    const double slope = (along(1e-5) - along(-1e-5)) / 2e-5;
    const double pulled = gradient[p].template item<double>();
    if (std::abs(slope - pulled) > 1e-3 * (std::abs(slope) + 0.1 * typical))
      return QString("parameter %1: %2 against %3").arg(p).arg(pulled).arg(slope);
  }
  return {};
}

/// Names of blocks that a loss on all modalities does not reach. Biases of keys are left out: they
/// cancel in the softmax over what is looked at.
inline QStringList unreached(const MultimodalModel& net, const torch::Tensor& x, ModalitySet all) {
  const auto tape = net.recordSubsets(x, {all});
  const auto row = tape->pullBack({torch::randn_like(tape->outputs()[0])});
  QStringList names;
  for (const ParameterBlock& block : net.layout().blocks()) {
    const bool cancels = block.name.ends_with(".key.linear.bias");
    if (!cancels && row.narrow(0, block.offset, block.size).abs().max().item<float>() == 0)
      names << QString::fromStdString(block.name);
  }
  return names;
}

/// Names that do not tell which kind of layer a block belongs to.
inline QStringList unconventional(const MultimodalModel& net) {
  const QRegularExpression known("^.+\\.(linear|conv|norm|norm\\.[a-z0-9]+)\\.(weight|bias)$");
  QStringList names;
  for (const ParameterBlock& block : net.layout().blocks())
    if (const auto name = QString::fromStdString(block.name); !known.match(name).hasMatch())
      names << name;
  return names;
}

/// Cross-entropy [N, K, …] against classes [N, …] before and after some steps of Adam.
struct Learning {
  double before = 0;
  double after = 0;
};
inline Learning learn(const MultimodalModel& net, const torch::Tensor& x,
                      const torch::Tensor& classes, ModalitySet set, int steps) {
  auto parameters = net.parameters();
  auto first = torch::zeros_like(parameters), second = torch::zeros_like(parameters);
  Learning learning;
  for (int step = 1; step <= steps; ++step) {
    const auto tape = net.recordSubsets(x, {set});
    const auto f = tape->outputs()[0].detach().clone().requires_grad_();
    const auto loss = at::cross_entropy_loss(f, classes);
    if (step == 1) learning.before = loss.item<double>();
    learning.after = loss.item<double>();
    const auto g = tape->pullBack(torch::autograd::grad({loss}, {f}));
    first = 0.9 * first + 0.1 * g;
    second = 0.999 * second + 0.001 * g * g;
    const auto root = (second / (1 - std::pow(0.999, step))).sqrt() + 1e-8;
    parameters.sub_(3e-3 * first / (1 - std::pow(0.9, step)) / root);
  }
  return learning;
}

}  // namespace modascope::testing
