#pragma once

#include <QCoreApplication>
#include <QProcess>
#include <QStringList>
#include <cstdio>
#include <fstream>
#include <string>

#include "core/compute/compute.h"
#include "core/config/config_keys.h"
#include "core/optim/adam.h"
#include "core/system/freed_memory.h"
#include "core/train/gradient_method.h"

namespace modascope::testing {

/// Bytes that a line of /proc/self/status tells.
inline double bytesIn(const std::string& word) {
  std::ifstream stream("/proc/self/status");
  for (std::string line; std::getline(stream, line);)
    if (line.starts_with(word)) return std::stod(line.substr(word.size())) * 1024;
  return 0;
}

inline RunConfig configFrom(const QStringList& settings) {
  RunConfig config;
  for (const QString& setting : settings) setFromText(config, setting.toStdString());
  return config;
}

/// Two steps on noise: the second one meets what the first one left.
template <typename MakeBatch>
void takeSteps(const RunConfig& config, const std::shared_ptr<MultimodalModel>& model,
               const MakeBatch& noise) {
  const torch::NoGradGuard noGrad;
  const GradientMethod method(config, model);
  Adam adam(model->parameters(), 1e-5);
  for (int step = 0; step < 2; ++step) {
    torch::manual_seed(step);
    adam.step(method.compute(noise(), step).merged, 1e-3);
  }
}

/// What the measured program does: prints what `work` took.
template <typename Work>
int printUse(const Work& work) {
  keepFreedMemory();
  setThreads(2);
  const double before = bytesIn("VmRSS:");
  work();
  std::printf("%.0f\n", bytesIn("VmHWM:") - before);
  return 0;
}

/// Runs this program anew with "measure" and these words; what it printed, 0 where it failed.
inline double useOf(const QStringList& words) {
  QProcess child;
  child.start(QCoreApplication::applicationFilePath(), QStringList("measure") + words);
  if (!child.waitForFinished(120000)) return 0;
  return child.readAllStandardOutput().trimmed().toDouble();
}

}  // namespace modascope::testing
